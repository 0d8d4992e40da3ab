import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { sourcesBelow } from '../state/sources.scan';
import { findingsIn } from './findings';
import type { ServiceSources } from './keeping-faults';

/** Reads what the given services implement, answer and publish. */
export const scanServices = (root: string, services: readonly string[]): ServiceSources[] =>
  services.map((service) => ({
    service,
    files: new Map(
      sourcesBelow(root, `apps/${service}/src`).map((file) => [
        relative(root, file),
        findingsIn(readFileSync(file, 'utf8'), file),
      ]),
    ),
  }));
