import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addMember,
  changeMemberRoles,
  changeUser,
  listMembers,
  listOrganizations,
  listUsers,
  membershipChanged,
  readUser,
  removeUser,
  resumeUser,
  suspendUser,
} from '@orion/contracts';
import { codeOf, makeTestRole } from '@orion/testing';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

async function company(roles = ['viewer']) {
  const [ada, bob] = [await user.account(), await user.account('Bob')];
  const params = { id: ada.organizationId };
  const add = (email: string, with_ = roles) =>
    user.as(ada).call(addMember, { params, body: { email, roles: with_ } });
  await add(bob.email);
  return { ada, bob, add, params: { id: bob.userId } };
}

const published = async (userId: string, organizationId: string) =>
  (
    await user.sql<{ data: object }>(
      `SELECT envelope::json->'data' AS data FROM platform.outbox
        WHERE type = $1 AND envelope::json#>>'{data,userId}' = $2 AND organization_id = $3 ORDER BY position`,
      [membershipChanged.type, userId, organizationId],
    )
  ).map((it) => it.data);

describe('the list of members', () => {
  it('finds by part of name or e-mail in any case, by state, and in pages', async () => {
    const { ada, bob, add } = await company();
    const eve = await user.account('Évelyne 100%');
    await add(eve.email);
    await user.as(ada).call(suspendUser, { params: { id: eve.userId } });
    const list = async (query: Parameters<typeof call>[0]) =>
      (await call(query)).items.map((it) => it.userId);
    const call = (query: {
      search?: string;
      state?: 'ACTIVE' | 'SUSPENDED';
      limit?: number;
      cursor?: string;
    }) => user.as(ada).call(listUsers, { query });
    expect(await list({})).toEqual([eve.userId, bob.userId, ada.userId]);
    expect(await list({ search: 'évelYNE' })).toEqual([eve.userId]);
    expect(await list({ search: bob.email.toUpperCase() })).toEqual([bob.userId]);
    expect(await list({ search: 'nobody of this name' })).toEqual([]);
    expect(await list({ state: 'ACTIVE' })).toEqual([bob.userId, ada.userId]);
    expect(await list({ state: 'SUSPENDED' })).toEqual([eve.userId]);
    const first = await call({ limit: 2 });
    const rest = await call({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map((it) => it.userId)).toEqual(await list({}));
    expect(rest.nextCursor).toBeNull();
  });
});

describe('a member', () => {
  it('is read, and called what the organization calls them', async () => {
    const { ada, bob, params } = await company();
    const changed = await user.as(ada).call(changeUser, { params, body: { title: 'Night dispatcher' } });
    expect(changed).toMatchObject({ userId: bob.userId, title: 'Night dispatcher', state: 'ACTIVE' });
    expect(await user.as(ada).call(readUser, { params })).toEqual(changed);
    expect(await user.as(ada).call(changeUser, { params, body: {} })).toEqual(changed);
    const eve = await user.account('Eve');
    for (const id of [eve.userId, randomUUID()]) {
      expect(await codeOf(user.as(ada).call(readUser, { params: { id } }))).toBe('NOT_FOUND');
      const changing = user.as(ada).call(changeUser, { params: { id }, body: { title: 'x' } });
      expect(await codeOf(changing)).toBe('NOT_FOUND');
    }
  });

  it('is suspended, keeps the roles, and is let in again', async () => {
    const { ada, bob, add, params } = await company();
    const suspended = await user.as(ada).call(suspendUser, { params });
    expect(suspended).toMatchObject({ state: 'SUSPENDED', roles: ['viewer'] });
    expect(await user.as(ada).call(suspendUser, { params })).toEqual(suspended);
    const members = await user.as(ada).call(listMembers, { params: { id: ada.organizationId }, query: {} });
    expect(members.items.map((it) => it.userId)).toEqual([ada.userId]);
    const theirs = await user.as(bob).call(listOrganizations);
    expect(theirs.items.map((it) => it.id)).toEqual([bob.organizationId]);
    expect(await codeOf(add(bob.email))).toBe('MEMBER_EXISTS');
    await user.as(ada).call(changeMemberRoles, { params, body: { roles: ['operator'] } });
    const resumed = await user.as(ada).call(resumeUser, { params });
    expect(resumed).toMatchObject({ state: 'ACTIVE', suspendedAt: null, roles: ['operator'] });
    expect(await user.as(ada).call(resumeUser, { params })).toEqual(resumed);
    expect(await published(bob.userId, ada.organizationId)).toMatchObject([
      { active: true },
      { active: false, suspended: true },
      { active: false, suspended: true, roles: ['operator'] },
      { active: true },
    ]);
  });

  it('is removed, can come back, and is nobody meanwhile', async () => {
    const { ada, bob, add, params } = await company();
    await user.as(ada).call(removeUser, { params });
    for (const endpoint of [readUser, suspendUser, resumeUser, removeUser])
      expect(await codeOf(user.as(ada).call(endpoint, { params }))).toBe('NOT_FOUND');
    expect((await user.as(ada).call(listUsers, { query: {} })).items).toHaveLength(1);
    await add(bob.email);
    expect(await published(bob.userId, ada.organizationId)).toMatchObject([
      { active: true },
      { active: false },
      { active: true },
    ]);
  });

  it('is not suspended, let in or removed by who holds less', async () => {
    const { ada, params } = await company(['operator']);
    const permissions = ['member.manage', 'member.view'];
    const as = user.service.token({ ...ada, permissions });
    for (const endpoint of [suspendUser, resumeUser, removeUser])
      expect(await codeOf(user.service.call(endpoint, { params }, { as }))).toBe('FORBIDDEN');
  });

  it('with a role of the organization’s own is judged by what that role grants', async () => {
    const { ada, params } = await company();
    const role = makeTestRole(ada.organizationId, ['webhook.manage']);
    await user.as(ada).call(changeMemberRoles, { params, body: { roles: [role.id] } });
    const as = user.service.token({ ...ada, permissions: ['member.manage'] });
    expect(await codeOf(user.service.call(removeUser, { params }, { as }))).toBe('FORBIDDEN');
    await user.as(ada).call(removeUser, { params });
  });
});

describe('the last admin', () => {
  it('is neither suspended nor removed', async () => {
    const ada = await user.account();
    const params = { id: ada.userId };
    expect(await codeOf(user.as(ada).call(suspendUser, { params }))).toBe('LAST_ADMIN');
    expect(await codeOf(user.as(ada).call(removeUser, { params }))).toBe('LAST_ADMIN');
  });

  it('stays when two admins remove each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, bob } = await company(['admin']);
      await user.sql('UPDATE organization SET owner_id = NULL WHERE id = $1', [ada.organizationId]);
      const removing = (by: string, id: string) =>
        user.as({ ...ada, userId: by }).call(removeUser, { params: { id } });
      const outcomes = await Promise.allSettled([
        removing(ada.userId, bob.userId),
        removing(bob.userId, ada.userId),
      ]);
      expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const it of outcomes)
        if (it.status === 'rejected') expect(it.reason).toMatchObject({ problem: { code: 'LAST_ADMIN' } });
    }
  });
});
