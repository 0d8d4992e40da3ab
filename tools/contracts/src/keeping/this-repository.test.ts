import { expect, it } from '@jest/globals';
import * as contracts from '@orion/contracts';
import { readdirSync } from 'node:fs';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { inWorkspace, WORKSPACE } from '../state/workspace.folder';
import { keepingFaults } from './keeping-faults';
import { scanServices } from './services.scan';

it('keeps every contract: endpoints and questions once, events at least once, each in the service it belongs to', () => {
  const services = scanServices(WORKSPACE, readdirSync(inWorkspace('apps')));
  const kept = services.flatMap((it) => [...it.files.values()].flatMap((found) => found.kept));
  expect(kept.length).toBeGreaterThan(80);
  expect(keepingFaults(takeCatalogue(contracts), services)).toEqual([]);
});
