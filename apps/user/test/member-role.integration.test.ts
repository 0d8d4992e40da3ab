import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMember, assignRole, changeMemberRoles, revokeRole } from '@orion/contracts';
import { codeOf, makeTestRole, problemOf } from '@orion/testing';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

interface Place {
  userId: string;
  organizationId: string;
}

async function pair() {
  const [ada, bob] = [await user.account(), await user.account('Bob')];
  const add = (roles: string[]) =>
    user.as(ada).call(addMember, { params: { id: ada.organizationId }, body: { email: bob.email, roles } });
  const put = (roles: string[], as = user.as(ada)) =>
    as.call(changeMemberRoles, { params: { id: bob.userId }, body: { roles } });
  return { ada, bob, add, put };
}

/** Calls as somebody who holds just these permissions. */
const holding = ({ organizationId, userId }: Place, permissions: string[]) => ({
  as: user.service.token({ organizationId, userId, permissions }),
});

describe('a role of the organization’s own', () => {
  it('is given and taken like a seeded one', async () => {
    const { ada, bob, add, put } = await pair();
    const role = makeTestRole(ada.organizationId, ['team.view']);
    expect(await add(['viewer', role.id])).toMatchObject({ roles: [role.id, 'viewer'].sort() });
    expect(await put([role.id])).toMatchObject({ roles: [role.id] });
    const params = { id: bob.userId };
    const assigned = await user.as(ada).call(assignRole, { params, body: { role: 'operator' } });
    expect(assigned.roles).toEqual([role.id, 'operator'].sort());
    const again = await user.as(ada).call(assignRole, { params, body: { role: role.id } });
    expect(again.roles).toEqual(assigned.roles);
    const revoked = await user.as(ada).call(revokeRole, { params, body: { role: role.id } });
    expect(revoked.roles).toEqual(['operator']);
  });

  it('of another organization, or of none, is refused by field', async () => {
    const { ada, bob, add, put } = await pair();
    const foreign = makeTestRole(bob.organizationId, ['team.view']);
    const told = [];
    for (const id of [foreign.id, randomUUID()]) {
      const problem = await problemOf(add(['viewer', id]));
      told.push({ ...problem, instance: '', correlationId: '' });
    }
    expect(told[0]).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'body.roles.1' }] });
    expect(told[0]).toEqual(told[1]);
    await add(['viewer']);
    expect(await codeOf(put([foreign.id]))).toBe('VALIDATION_FAILED');
    const assigning = user
      .as(ada)
      .call(assignRole, { params: { id: bob.userId }, body: { role: foreign.id } });
    expect(await codeOf(assigning)).toBe('VALIDATION_FAILED');
  });

  it('is neither given nor taken by who lacks what it grants', async () => {
    const { ada, bob, add } = await pair();
    const strong = makeTestRole(ada.organizationId, ['webhook.manage']);
    const weak = makeTestRole(ada.organizationId, ['team.view']);
    await add([strong.id]);
    const clerk = holding(ada, ['member.manage', 'team.view']);
    const params = { id: bob.userId };
    const give = (role: string) => user.service.call(assignRole, { params, body: { role } }, clerk);
    await give(weak.id);
    expect(await codeOf(give('operator'))).toBe('FORBIDDEN');
    const take = user.service.call(revokeRole, { params, body: { role: strong.id } }, clerk);
    expect(await codeOf(take)).toBe('FORBIDDEN');
  });

  it('that is gone can be taken by anybody who manages members', async () => {
    const { ada, bob, add } = await pair();
    await add(['viewer']);
    const gone = randomUUID();
    await user.sql('UPDATE membership SET roles = $2 WHERE user_id = $1 AND organization_id = $3', [
      bob.userId,
      ['viewer', gone],
      ada.organizationId,
    ]);
    const clerk = holding(ada, ['member.manage']);
    const params = { id: bob.userId };
    const left = await user.service.call(revokeRole, { params, body: { role: gone } }, clerk);
    expect(left.roles).toEqual(['viewer']);
  });
});

describe('the last', () => {
  it('role of a member, and the last admin’s, are not taken', async () => {
    const { ada, bob, add } = await pair();
    await add(['viewer']);
    const take = (id: string, role: string) =>
      user.as(ada).call(revokeRole, { params: { id }, body: { role } });
    expect(await codeOf(take(bob.userId, 'viewer'))).toBe('LAST_ROLE');
    await user.as(ada).call(assignRole, { params: { id: ada.userId }, body: { role: 'viewer' } });
    expect(await codeOf(take(ada.userId, 'admin'))).toBe('LAST_ADMIN');
  });
});
