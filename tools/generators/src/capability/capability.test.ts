import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from '../house/contracts';
import { filesIn, read } from '../house/files';
import { changedBy, faultsIn, houseTree, refusalOf } from '../testing/house.tree';
import capability from './capability.generator';

const inScheduling = (name: string, entity?: string) => ({ name, service: 'scheduling', entity });

describe('a new capability', () => {
  it('has its folder, contracts, table and tests, and is known to its service', async () => {
    const tree = houseTree();
    const changed = await changedBy(tree, () => capability(tree, inScheduling('work-crews')));
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(filesIn(tree, 'apps/scheduling/src/work-crews')).toHaveLength(5);
    expect(read(tree, 'apps/scheduling/src/scheduling.module.ts')).toContain('WorkCrewsModule,');
    expect(read(tree, 'apps/scheduling/test/support/rooms.ts')).toContain(`'work-crews': async (service)`);
    expect(read(tree, 'libs/contracts/src/scheduling/scheduling.events.ts')).toContain(
      'workCrewCreated = event(',
    );
    expect(permissionsOf(tree)).toEqual(expect.arrayContaining(['work-crew.view', 'work-crew.manage']));
  });

  it('brings a table under row-level security, in a migration after the others', async () => {
    const tree = houseTree();
    await capability(tree, inScheduling('work-crews'));
    const migrations = tree.children('apps/scheduling/prisma/migrations').sort();
    expect(migrations.at(-1)).toMatch(/^\d{14}_create_work_crew$/);
    const sql = read(tree, `apps/scheduling/prisma/migrations/${migrations.at(-1)}/migration.sql`);
    expect(sql).toContain('CREATE TABLE "work_crew"');
    expect(sql).toContain(`SELECT platform.tenant_table('"work_crew"');`);
  });

  it('gives a service its first file of events, and its tests their first rooms', async () => {
    const tree = houseTree();
    const changed = await changedBy(tree, () => capability(tree, { name: 'memos', service: 'gateway' }));
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(changed).toEqual(
      expect.arrayContaining([
        'apps/gateway/test/rooms.integration.test.ts',
        'apps/gateway/test/support/rooms.ts',
        'libs/contracts/src/gateway/gateway.events.ts',
      ]),
    );
    expect(read(tree, 'libs/contracts/src/catalogue.ts')).toContain('gatewayEvents');
  });

  it('has a name of its own in the catalogue where another service has one like it', async () => {
    const tree = houseTree();
    await capability(tree, { name: 'gateway', service: 'user', entity: 'entrance' });
    expect(read(tree, 'libs/contracts/src/catalogue.ts')).toContain(
      `import * as userGateway from './user/gateway.contract'`,
    );
  });

  it.each([
    [inScheduling('Crews'), /^“Crews” is no name/],
    [inScheduling('crews', 'Crew'), /^“Crew” is no name/],
    [inScheduling('imports'), /“import” means something else in the code/],
    [inScheduling('packages'), /“package” means something else in the code/],
    [{ name: 'crews', service: 'auth' }, /^auth takes only tokens of its own keys/],
    [{ name: 'crews', service: 'nobody' }, /^There is no service nobody: name one of .* and notification\.$/],
    [inScheduling('customers'), /has a capability customers already/],
    [inScheduling('parts', 'technician'), /has a table technician already/],
    [inScheduling('events'), /“event” means something else in the code/],
    [inScheduling('scheduling'), /cannot be named like its service/],
    [inScheduling('parts', 'member'), /The contracts have Member already/],
    [inScheduling('activity', 'deed'), /There are endpoints of activity already/],
    [inScheduling('tasks'), /There are permissions of task already/],
  ])('%j is refused', async (options, sentence) => {
    const tree = houseTree();
    expect(await refusalOf(tree, () => capability(tree, options))).toMatch(sentence);
  });
});
