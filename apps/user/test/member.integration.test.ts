import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMember, changeMemberRoles, listMembers, membershipChanged } from '@orion/contracts';
import { codeOf } from '@orion/testing';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

interface Place {
  userId: string;
  organizationId: string;
}

const add = (who: Place, email: string, roles: string[], granter = ['admin']) =>
  user.as(who, granter).call(addMember, { params: { id: who.organizationId }, body: { email, roles } });
const change = (who: Place, userId: string, roles: string[], granter = ['admin']) =>
  user.as(who, granter).call(changeMemberRoles, { params: { id: userId }, body: { roles } });
const members = async (who: Place, query: { limit?: number; cursor?: string } = {}) =>
  user.as(who).call(listMembers, { params: { id: who.organizationId }, query });
const changes = ({ organizationId }: Place, userId: string) =>
  user.sql<{ sequence: string; roles: string[] }>(
    `SELECT sequence, envelope::json#>'{data,roles}' AS roles FROM platform.outbox
      WHERE organization_id = $1 AND type = $2 AND envelope::json#>>'{data,userId}' = $3 ORDER BY position`,
    [organizationId, membershipChanged.type, userId],
  );

describe('adding a member', () => {
  it('makes a registered person a member, found by e-mail in any case, and publishes it', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const member = await add(ada, bob.email.toUpperCase(), ['viewer', 'operator', 'viewer']);
    expect(member).toMatchObject({ userId: bob.userId, email: bob.email, roles: ['operator', 'viewer'] });
    expect(await changes(ada, bob.userId)).toEqual([{ sequence: '1', roles: ['operator', 'viewer'] }]);
    expect((await members(ada)).items.map((it) => it.userId)).toEqual([bob.userId, ada.userId]);
  });

  it('refuses a person nobody knows, one who is a member, and a role nobody knows', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    expect(await codeOf(add(ada, 'nobody@example.org', ['viewer']))).toBe('PERSON_UNKNOWN');
    await add(ada, bob.email, ['viewer']);
    expect(await codeOf(add(ada, bob.email, ['operator']))).toBe('MEMBER_EXISTS');
    expect(await codeOf(add(ada, bob.email, ['emperor']))).toBe('VALIDATION_FAILED');
  });

  it('adds once when asked several times at once', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => add(ada, bob.email, ['viewer'])));
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    for (const it of outcomes) {
      if (it.status === 'rejected') expect(it.reason).toMatchObject({ problem: { code: 'MEMBER_EXISTS' } });
    }
    expect(await changes(ada, bob.userId)).toHaveLength(1);
  });

  it('takes back somebody who had left, with a later event of the same membership', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    await add(ada, bob.email, ['viewer']);
    await user.sql('UPDATE membership SET active = false WHERE user_id = $1 AND organization_id = $2', [
      bob.userId,
      ada.organizationId,
    ]);
    expect(await codeOf(change(ada, bob.userId, ['operator']))).toBe('NOT_FOUND');
    await add(ada, bob.email, ['operator']);
    expect(await changes(ada, bob.userId)).toMatchObject([
      { sequence: '1' },
      { sequence: '2', roles: ['operator'] },
    ]);
  });

  it('needs the permission, and no role goes beyond the granter’s', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    expect(await codeOf(add(ada, bob.email, ['viewer'], ['operator']))).toBe('FORBIDDEN');
    const token = user.service.token({ ...ada, permissions: ['member.manage', 'team.view', 'agent.view'] });
    const input = (roles: string[]) => ({
      params: { id: ada.organizationId },
      body: { email: bob.email, roles },
    });
    const adding = (roles: string[]) => user.service.call(addMember, input(roles), { as: token });
    expect(await codeOf(adding(['viewer', 'admin']))).toBe('FORBIDDEN');
    await adding(['viewer']);
    const promote = { params: { id: bob.userId }, body: { roles: ['viewer', 'operator'] } };
    expect(await codeOf(user.service.call(changeMemberRoles, promote, { as: token }))).toBe('FORBIDDEN');
  });
});

describe('changing roles', () => {
  it('replaces them and publishes the whole state, but nothing when they stay the same', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    await add(ada, bob.email, ['viewer']);
    expect(await change(ada, bob.userId, ['operator'])).toMatchObject({
      roles: ['operator'],
      email: bob.email,
    });
    await change(ada, bob.userId, ['operator', 'operator']);
    expect(await changes(ada, bob.userId)).toEqual([
      { sequence: '1', roles: ['viewer'] },
      { sequence: '2', roles: ['operator'] },
    ]);
    expect(await user.ask({ userId: ada.userId, email: ada.email })).toMatchObject({ sequence: 1 });
  });

  it('keeps the last admin', async () => {
    const ada = await user.account();
    expect(await codeOf(change(ada, ada.userId, ['viewer']))).toBe('LAST_ADMIN');
    await change(ada, ada.userId, ['admin', 'viewer']);
  });

  it('keeps one admin when all step down at once', async () => {
    const [ada, bob, eve] = [await user.account(), await user.account('Bob'), await user.account('Eve')];
    await add(ada, bob.email, ['admin']);
    await add(ada, eve.email, ['admin']);
    const outcomes = await Promise.allSettled(
      [ada, bob, eve].map(({ userId }) => change({ ...ada, userId }, userId, ['viewer'])),
    );
    expect(outcomes.filter((it) => it.status === 'rejected')).toHaveLength(1);
    const { items } = await members(ada);
    expect(items.filter((it) => it.roles.includes('admin'))).toHaveLength(1);
  });
});

describe('listing members', () => {
  it('pages through all, newest first, each once, also those who joined in the same moment', async () => {
    const ada = await user.account();
    const others = await Promise.all(Array.from({ length: 6 }, (_, n) => user.account(`P${n}`)));
    for (const { email } of others) await add(ada, email, ['viewer']);
    await user.sql('UPDATE membership SET joined_at = $2 WHERE organization_id = $1 AND user_id = ANY ($3)', [
      ada.organizationId,
      new Date(Date.now() + 1000),
      others.slice(0, 4).map((it) => it.userId),
    ]);
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 10; pages += 1) {
      const page = await members(ada, { limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.items.map((it) => it.userId));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set([ada, ...others].map((it) => it.userId)));
    expect(seen.at(-1)).toBe(ada.userId);
  });

  it('refuses a cursor of nobody', async () => {
    const ada = await user.account();
    const made = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const cursor of ['x', made(['a', 'b']), made([1e300, randomUUID()]), made([1, 2])]) {
      expect(await codeOf(members(ada, { cursor }))).toBe('VALIDATION_FAILED');
    }
  });
});
