import { describe, expect, it } from '@jest/globals';
import { ENDPOINTS, EVENTS, PERMISSIONS, SERVICES } from '@orion/contracts';
import * as everything from '@orion/contracts';
import { houseTree } from '../testing/house.tree';
import { capabilitiesOf, controllersOf } from './apps';
import { endpointsOf, eventsOf, exportedNames, permissionsOf, servicesOf } from './contracts';
import { read } from './files';

const tree = houseTree();

describe('what generators read of the contracts', () => {
  it('is every endpoint, as the contracts themselves know it', () => {
    const known = endpointsOf(tree).map(({ id, service, method, path, access }) => ({
      id,
      service,
      method,
      path,
      access,
    }));
    const real = ENDPOINTS.map(({ id, service, method, path, access }) => ({
      id,
      service,
      method,
      path,
      access,
    }));
    const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id);
    expect(known.sort(byId)).toEqual(real.sort(byId));
  });

  it('is every event, with its name for webhooks', () => {
    const known = eventsOf(tree).map(({ type, webhook }) => [type, webhook]);
    expect(known.sort()).toEqual(EVENTS.map((it) => [it.type, it.webhook?.type]).sort());
  });

  it('is every service, permission and exported value', () => {
    expect(servicesOf(tree)).toEqual([...SERVICES]);
    expect(permissionsOf(tree)).toEqual(Object.keys(PERMISSIONS));
    const names = exportedNames(tree);
    expect(Object.keys(everything).filter((it) => !names.has(it))).toEqual([]);
  });
});

describe('what generators read of the apps', () => {
  it('is one app tagged as a service for each service', () => {
    const apps = tree
      .children('apps')
      .filter((it) => /"type:service"/.test(tree.read(`apps/${it}/project.json`, 'utf8') ?? ''));
    expect(apps.sort()).toEqual([...SERVICES].sort());
  });

  it('is the capabilities and what their controllers implement', () => {
    expect(capabilitiesOf(tree, 'scheduling')).toEqual(
      expect.arrayContaining([
        'assignment',
        'calendar',
        'customers',
        'providers',
        'service-orders',
        'settings',
      ]),
    );
    const constants = SERVICES.flatMap((service) =>
      capabilitiesOf(tree, service).flatMap((it) =>
        controllersOf(tree, service, it).flatMap((c) => c.implements),
      ),
    );
    const known = new Set(endpointsOf(tree).map((it) => it.constant));
    expect(constants.filter((it) => !known.has(it))).toEqual([]);
    expect(constants.length).toBeGreaterThan(40);
  });

  it('has to be there', () => {
    expect(() => read(tree, 'nowhere.ts')).toThrow('nowhere.ts is missing');
  });
});
