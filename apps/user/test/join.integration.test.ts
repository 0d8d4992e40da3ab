import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteOrganization, joinOrganization, listMembers, removeUser, suspendUser } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { someEmail, startUser, type UserHarness } from './user.harness';

type Account = Awaited<ReturnType<UserHarness['account']>>;

describe('joinOrganization', () => {
  let user: UserHarness;
  let owner: Account;

  beforeAll(async () => {
    user = await startUser();
    owner = await user.account();
  });
  afterAll(() => user.close());

  const join = (
    more: Partial<{ userId: string; email: string; role: string; organizationId: string }> = {},
  ) =>
    user.service.app.get(Questions).ask(joinOrganization, {
      organizationId: owner.organizationId,
      userId: randomUUID(),
      email: someEmail(),
      name: 'Grace',
      role: 'viewer',
      ...more,
    });

  it('makes somebody new a member, once however often it is asked', async () => {
    const [userId, email] = [randomUUID(), someEmail()];
    const first = await join({ userId, email, role: 'member' });
    expect(first).toMatchObject({
      userId,
      organizationId: owner.organizationId,
      roles: ['member'],
      sequence: 1,
    });
    expect(await join({ userId, email, role: 'admin' })).toEqual(first);
    const { items } = await user.as(owner).call(listMembers, { params: { id: owner.organizationId } });
    expect(items.find((it) => it.userId === userId)).toMatchObject({
      name: 'Grace',
      email,
      roles: ['member'],
    });
  });

  it('adds the organization to those of somebody who is there already', async () => {
    const { userId, email, organizationId } = await user.account('Ada');
    await join({ userId, email });
    const rows = await user.sql<{ organization_id: string }>(
      'SELECT organization_id FROM membership WHERE user_id = $1 AND active',
      [userId],
    );
    expect(rows.map((it) => it.organization_id).sort()).toEqual(
      [organizationId, owner.organizationId].sort(),
    );
  });

  it('leaves a suspended member suspended', async () => {
    const [userId, email] = [randomUUID(), someEmail()];
    await join({ userId, email });
    await user.as(owner).call(suspendUser, { params: { id: userId } });
    await join({ userId, email });
    const [row] = await user.sql<{ active: boolean }>('SELECT active FROM membership WHERE user_id = $1', [
      userId,
    ]);
    expect(row?.active).toBe(false);
  });

  it('is refused for somebody who was removed, an address of somebody else, a role that is none', async () => {
    const [userId, email] = [randomUUID(), someEmail()];
    await join({ userId, email });
    await user.as(owner).call(removeUser, { params: { id: userId } });
    await expect(join({ userId, email })).rejects.toMatchObject({ problem: { code: 'NO_MEMBERSHIP' } });
    await expect(join({ email: owner.email })).rejects.toMatchObject({ problem: { code: 'EMAIL_TAKEN' } });
  });

  it('is refused where there is no such organization, or it is deleted', async () => {
    await expect(join({ organizationId: randomUUID() })).rejects.toMatchObject({
      problem: { code: 'NO_MEMBERSHIP' },
    });
    const other = await user.account();
    const { organizationId } = other;
    await user.as(other).call(deleteOrganization, { params: { id: organizationId } });
    await expect(join({ organizationId })).rejects.toMatchObject({ problem: { code: 'NO_MEMBERSHIP' } });
  });
});
