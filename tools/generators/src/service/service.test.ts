import { describe, expect, it } from '@jest/globals';
import { changedBy, faultsIn, houseTree, refusalOf } from '../testing/house.tree';
import { servicesOf } from '../house/contracts';
import { read } from '../house/files';
import service from './service.generator';

describe('a new service', () => {
  it('is known everywhere a service has to be known, and nothing else is touched', async () => {
    const tree = houseTree();
    const changed = await changedBy(tree, () =>
      service(tree, { name: 'depot-stock', capability: 'spare-parts' }),
    );
    expect(changed.filter((it) => !it.startsWith('apps/depot-stock/'))).toEqual([
      'CODEOWNERS',
      'docs/architecture.md',
      'libs/contracts/src/auth/roles.ts',
      'libs/contracts/src/catalogue.ts',
      'libs/contracts/src/core/permissions.ts',
      'libs/contracts/src/core/services.ts',
      'libs/contracts/src/depot-stock/depot-stock.events.ts',
      'libs/contracts/src/depot-stock/spare-parts.contract.ts',
      'libs/contracts/src/index.ts',
    ]);
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(servicesOf(tree).at(-1)).toBe('depot-stock');
    expect(read(tree, 'CODEOWNERS')).toMatch(/^\/apps\/depot-stock\/ +@orion\/depot-stock$/m);
    expect(read(tree, 'docs/architecture.md')).toContain('`apps/depot-stock`');
    expect(JSON.parse(read(tree, 'apps/depot-stock/project.json')).tags).toEqual([
      'type:service',
      'scope:depot-stock',
    ]);
  });

  it.each([
    ['vehicle', 'vehicles', 'Vehicle'],
    ['vehicles', 'vehicle-records', 'VehicleRecord'],
  ])('%s begins with the capability %s unless told otherwise', async (name, capability, entity) => {
    const tree = houseTree();
    await service(tree, { name, owner: '@somebody' });
    expect(read(tree, `apps/${name}/src/${name}.module.ts`)).toContain(
      `./${capability}/${capability}.module`,
    );
    expect(read(tree, `apps/${name}/prisma/schema.prisma`)).toContain(`model ${entity} {`);
    expect(read(tree, 'CODEOWNERS')).toContain('@somebody');
  });

  it.each([
    [{ name: 'Fleet' }, '“Fleet” is no name: use small letters and single dashes, as in field-reports.'],
    [{ name: 'user' }, 'There is a service user already: choose another name.'],
    [{ name: 'e2e' }, /is no name/],
    [{ name: 'contracts' }, 'contracts is the name of something else in this workspace: choose another.'],
    [{ name: 'audit' }, 'audit is the name of something else in this workspace: choose another.'],
    [
      { name: 'fleet', owner: 'me' },
      '“me” is no owner: give a team or a person, as in --owner=@orion/fleet.',
    ],
    [{ name: 'fleet', capability: 'fleet' }, /cannot be named like its service/],
    [{ name: 'fleet', capability: 'customers' }, /The contracts have Customer already/],
  ])('%j is refused', async (options, sentence) => {
    const tree = houseTree();
    expect(await refusalOf(tree, () => service(tree, options))).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  it('does not take a folder that is there', async () => {
    const tree = houseTree();
    tree.write('apps/fleet/notes.txt', 'mine');
    expect(await refusalOf(tree, () => service(tree, { name: 'fleet' }))).toContain(
      'There is a folder apps/fleet',
    );
  });
});
