import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeRole,
  checkPermission,
  createRole,
  deleteRole,
  explainPermissions,
  listPermissions,
  listRoles,
  login,
  permissionCatalogue,
  type Permission,
  readRole,
  refresh,
  type Reply,
  roleChanged,
  rolesOfOrganization,
  setRolePermissions,
} from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { codeOf, eventually, problemOf, publishedBy } from '@orion/testing';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Signed = Reply<typeof login>;

/** Somebody who holds these roles in an organization, signed in to it. */
async function joining({ organizationId }: Signed, roles: string[]): Promise<Signed> {
  const email = someEmail();
  const { userId } = await auth.member(email);
  await auth.sql(
    `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
     VALUES ($1, $2, $3, $4, true, now(), 1)`,
    [randomUUID(), organizationId, userId, roles],
  );
  return auth.as().call(login, { body: { email, password: PASSWORD, organizationId } });
}

const create = (who: Signed, name: string, permissions: Permission[]) =>
  auth.as(who.accessToken).call(createRole, { body: { name, permissions } });
const grant = (who: Signed, id: string, permissions: Permission[]) =>
  auth.as(who.accessToken).call(setRolePermissions, { params: { id }, body: { permissions } });

describe('a role of an organization', () => {
  it('that grants something else makes its holders exchange their tokens, and lets those go on', async () => {
    const ada = await auth.member();
    const role = await create(ada, 'Dispatcher', ['booking.view', 'booking.manage']);
    const grace = await joining(ada, [role.id]);
    const may = async ({ accessToken }: Signed) =>
      (await auth.as(accessToken).call(checkPermission, { query: { permission: 'booking.manage' } })).granted;
    expect(await may(grace)).toBe(true);
    let latest = grace;
    for (const permissions of [['booking.view'], ['booking.view', 'booking.manage']] as const) {
      const before = latest;
      await grant(ada, role.id, [...permissions]);
      await eventually(async () => expect(await codeOf(may(before))).toBe('UNAUTHENTICATED'));
      latest = await auth.as().call(refresh, { body: { refreshToken: before.refreshToken } });
      expect(await may(latest)).toBe(permissions.length === 2);
    }
  });

  it('is created, read, changed and deleted, and each step is published', async () => {
    const ada = await auth.member();
    const as = auth.as(ada.accessToken);
    const role = await create(ada, 'Dispatcher', ['booking.view', 'booking.manage', 'booking.view']);
    expect(role).toMatchObject({ custom: true, permissions: ['booking.manage', 'booking.view'] });
    const params = { id: role.id };
    await as.call(changeRole, { params, body: { name: 'Planner', description: 'Plans days' } });
    await grant(ada, role.id, ['booking.view']);
    const now = { ...role, name: 'Planner', description: 'Plans days', permissions: ['booking.view'] };
    expect(await as.call(readRole, { params })).toEqual(now);
    expect((await as.call(listRoles)).items).toContainEqual(now);
    await as.call(deleteRole, { params });
    expect(await codeOf(as.call(readRole, { params }))).toBe('NOT_FOUND');
    const events = await publishedBy(auth.service, role.id);
    expect(events.map((it) => roleChanged.data.parse(it.data))).toMatchObject([
      { name: 'Dispatcher', active: true, before: null, changedBy: ada.userId },
      { name: 'Planner', before: { name: 'Dispatcher' } },
      { permissions: ['booking.view'], before: { permissions: ['booking.manage', 'booking.view'] } },
      { active: false },
    ]);
  });

  it('is refused by field where it grants what nobody knows, and where the name is taken', async () => {
    const ada = await auth.member();
    const unknown = await problemOf(create(ada, 'X', ['team.view', 'made.up' as Permission]));
    expect(unknown).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'body.permissions.1' }] });
    const installation = create(ada, 'X', ['platform.operate']);
    expect(await codeOf(installation)).toBe('VALIDATION_FAILED');
    await create(ada, 'Night shift', []);
    for (const name of ['night SHIFT', 'admin']) {
      const taken = await problemOf(create(ada, name, []));
      expect(taken).toMatchObject({ code: 'ROLE_NAME_TAKEN', errors: [{ field: 'body.name' }] });
    }
    await create(await auth.member(), 'Night shift', []);
  });

  it('bears one name once, also when created by several at once', async () => {
    const ada = await auth.member();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => create(ada, 'Twin', [])));
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  });

  it('is as good as missing to another organization', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const { id } = await create(ada, 'Ours', ['team.view']);
    const as = auth.as(eve.accessToken);
    const tell = async (params: { id: string }) => {
      const calls = [
        as.call(readRole, { params }),
        as.call(changeRole, { params, body: { name: 'Mine' } }),
        as.call(setRolePermissions, { params, body: { permissions: [] } }),
        as.call(deleteRole, { params }),
      ];
      const problems = await Promise.all(calls.map(problemOf));
      return problems.map(({ status, code, detail }) => ({ status, code, detail }));
    };
    const foreign = await tell({ id });
    expect(foreign.map((it) => it.status)).toEqual([404, 404, 404, 404]);
    expect(foreign).toEqual(await tell({ id: randomUUID() }));
    expect(await auth.as(ada.accessToken).call(readRole, { params: { id } })).toMatchObject({ name: 'Ours' });
  });

  it('stays as it is where every organization has it', async () => {
    const as = auth.as((await auth.member()).accessToken);
    const params = { id: 'viewer' };
    expect(await as.call(readRole, { params })).toMatchObject({ custom: false, name: 'Viewer' });
    expect(await codeOf(as.call(changeRole, { params, body: { name: 'Guest' } }))).toBe('ROLE_READ_ONLY');
    expect(await codeOf(as.call(deleteRole, { params }))).toBe('ROLE_READ_ONLY');
    const wider = as.call(setRolePermissions, { params, body: { permissions: ['member.manage'] } });
    expect(await codeOf(wider)).toBe('ROLE_READ_ONLY');
  });

  it('is not deleted while held, and the holders are named', async () => {
    const ada = await auth.member();
    const { id } = await create(ada, 'Held', ['team.view']);
    const bob = await joining(ada, [id]);
    const remove = () => auth.as(ada.accessToken).call(deleteRole, { params: { id } });
    expect(await problemOf(remove())).toMatchObject({
      code: 'ROLE_HELD',
      holders: [{ userId: bob.userId, email: expect.stringContaining('@') }],
    });
    await auth.sql('UPDATE membership SET active = false WHERE user_id = $1', [bob.userId]);
    await remove();
  });
});

describe('nobody', () => {
  it('grants what they lack: by creating a role, by widening or narrowing one, or by one they hold', async () => {
    const ada = await auth.member();
    const clerk = await create(ada, 'Clerk', ['role.view', 'role.manage', 'team.view']);
    const wide = await create(ada, 'Wide', ['member.manage', 'team.view']);
    const bob = await joining(ada, [clerk.id]);
    const refused = await problemOf(create(bob, 'Mine', ['team.view', 'member.manage']));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', permissions: ['member.manage'] });
    expect(await codeOf(grant(bob, clerk.id, ['role.view', 'role.manage', 'member.manage']))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(grant(bob, wide.id, ['team.view']))).toBe('FORBIDDEN');
    const deleting = auth.as(bob.accessToken).call(deleteRole, { params: { id: wide.id } });
    expect(await codeOf(deleting)).toBe('FORBIDDEN');
    await grant(bob, wide.id, ['member.manage']);
    await create(bob, 'Smaller', ['team.view']);
  });

  it('grants by an old token what was taken from them since', async () => {
    const ada = await auth.member();
    const clerk = await create(ada, 'Clerk', ['role.manage']);
    const bob = await joining(ada, ['admin']);
    await auth.sql('UPDATE membership SET roles = $2 WHERE user_id = $1 AND organization_id = $3', [
      bob.userId,
      [clerk.id],
      ada.organizationId,
    ]);
    expect(await codeOf(grant(bob, clerk.id, ['role.manage', 'member.manage']))).toBe('FORBIDDEN');
  });

  it('takes the management of roles from themselves', async () => {
    const ada = await auth.member();
    const clerk = await create(ada, 'Clerk', ['role.manage', 'team.view']);
    const bob = await joining(ada, [clerk.id]);
    expect(await codeOf(grant(bob, clerk.id, ['team.view']))).toBe('SELF_LOCKOUT');
    await grant(ada, clerk.id, ['team.view']);
  });
});

describe('what a role grants', () => {
  it('counts from the next token', async () => {
    const ada = await auth.member();
    const { id } = await create(ada, 'Growing', ['team.view']);
    const bob = await joining(ada, [id]);
    const granted = async (token: string) =>
      (await auth.as(token).call(checkPermission, { query: { permission: 'webhook.view' } })).granted;
    expect(await granted(bob.accessToken)).toBe(false);
    await grant(ada, id, ['team.view', 'webhook.view']);
    const renewed = await auth.as().call(refresh, { body: { refreshToken: bob.refreshToken } });
    expect(await granted(renewed.accessToken)).toBe(true);
  });

  it('is explained for oneself, and for others to who may see roles', async () => {
    const ada = await auth.member();
    const { id } = await create(ada, 'Extra', ['team.view', 'webhook.view']);
    const bob = await joining(ada, ['viewer', id]);
    const own = await auth.as(bob.accessToken).call(explainPermissions, { query: {} });
    expect(own.roles.map((it) => it.id).sort()).toEqual([id, 'viewer'].sort());
    const givers = new Map(own.permissions.map((it) => [it.permission, [...it.roles].sort()]));
    expect(givers.get('team.view')).toEqual([id, 'viewer'].sort());
    expect(givers.get('webhook.view')).toEqual([id]);
    expect(givers.get('agent.view')).toEqual(['viewer']);
    const query = { userId: bob.userId };
    expect(await auth.as(ada.accessToken).call(explainPermissions, { query })).toEqual(own);
    const about = (userId: string) =>
      auth.as(bob.accessToken).call(explainPermissions, { query: { userId } });
    expect(await codeOf(about(ada.userId))).toBe('FORBIDDEN');
    const eve = await auth.member();
    for (const userId of [eve.userId, randomUUID()]) {
      const asking = auth.as(ada.accessToken).call(explainPermissions, { query: { userId } });
      expect(await codeOf(asking)).toBe('NOT_FOUND');
    }
  });

  it('is catalogued from the contracts', async () => {
    const ada = await auth.member();
    const { items } = await auth.as(ada.accessToken).call(listPermissions);
    expect(items).toEqual(permissionCatalogue());
  });

  it('is told to other services, of one organization at a time', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const { id } = await create(ada, 'Asked', ['team.view']);
    const ask = (organizationId: string) =>
      auth.service.app
        .get(Questions)
        .ask(rolesOfOrganization, { organizationId, roleIds: [id, 'viewer', 'x', randomUUID()] });
    expect((await ask(ada.organizationId)).roles.map((it) => it.id).sort()).toEqual([id, 'viewer'].sort());
    expect((await ask(eve.organizationId)).roles.map((it) => it.id)).toEqual(['viewer']);
  });
});
