import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addMember,
  addTeamMember,
  changeMe,
  changeOrganization,
  changeTeam,
  changeUser,
  createTeam,
  deleteOrganization,
  deleteTeam,
  invite,
  removeTeamMember,
  removeUser,
  revokeInvitation,
  changeMemberRoles,
  suspendUser,
  transferOrganization,
} from '@orion/contracts';
import { publishedBy } from '@orion/testing';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

/** What the audit log is told about a subject: what was done, by whom, and the change. */
const told = async (subject: string) =>
  (await publishedBy(user.service, subject)).map(({ data, actorid, change = 'null' }) => ({
    ...(data as { action?: string }),
    actorid,
    change: JSON.parse(change) as unknown,
  }));

async function company() {
  const [ada, bob] = [await user.account(), await user.account('Bob')];
  const params = { id: ada.organizationId };
  await user.as(ada).call(addMember, { params, body: { email: bob.email, roles: ['viewer'] } });
  return { ada, bob, params, as: user.as(ada) };
}

describe('the audit log is told', () => {
  it('of members: who came, what they may do, how they are called, and when they went', async () => {
    const { ada, bob, as } = await company();
    const at = { id: bob.userId };
    await as.call(changeMemberRoles, { params: { id: bob.userId }, body: { roles: ['operator'] } });
    await as.call(changeUser, { params: at, body: { title: 'Boss' } });
    await as.call(suspendUser, { params: at });
    await as.call(removeUser, { params: at });
    const [{ id = '' } = {}] = await user.sql<{ id: string }>(
      'SELECT id FROM membership WHERE organization_id = $1 AND user_id = $2',
      [ada.organizationId, bob.userId],
    );
    const all = await told(id);
    expect(all.map((it) => it.actorid)).toEqual(Array(5).fill(ada.userId));
    expect(all.map((it) => it.change)).toEqual([
      { before: null, after: { userId: bob.userId, roles: ['viewer'], active: true, suspended: false } },
      { before: { roles: ['viewer'] }, after: { roles: ['operator'] } },
      { before: { title: '' }, after: { title: 'Boss' } },
      { before: { active: true, suspended: false }, after: { active: false, suspended: true } },
      { before: { suspended: true }, after: { suspended: false } },
    ]);
    expect(all[2]).toMatchObject({ kind: 'membership', action: 'entitled' });
  });

  it('of an organization: its founder, its names, its owner and its end', async () => {
    const { ada, bob, as, params } = await company();
    const [founded] = await told(ada.organizationId);
    expect(founded).toMatchObject({
      actorid: ada.userId,
      change: { before: null, after: { name: 'Ada & Co' } },
    });
    await as.call(changeOrganization, { params, body: { name: 'Ada Ltd' } });
    await as.call(changeMemberRoles, { params: { id: bob.userId }, body: { roles: ['admin'] } });
    await as.call(transferOrganization, { params, body: { userId: bob.userId } });
    await user.as({ ...bob, organizationId: ada.organizationId }).call(deleteOrganization, { params });
    const [, renamed, handed, deleted] = await told(ada.organizationId);
    expect(renamed?.change).toEqual({ before: { name: 'Ada & Co' }, after: { name: 'Ada Ltd' } });
    expect(handed?.change).toEqual({ before: { ownerId: ada.userId }, after: { ownerId: bob.userId } });
    expect(deleted).toMatchObject({
      actorid: bob.userId,
      change: { before: { eraseAt: null }, after: { eraseAt: expect.any(String) } },
    });
  });

  it('of teams and who belongs to them', async () => {
    const { bob, as, params } = await company();
    const { id } = await as.call(createTeam, { params, body: { name: 'North' } });
    await as.call(changeTeam, { params: { id }, body: { description: 'Far' } });
    await as.call(addTeamMember, { params: { id }, body: { userId: bob.userId } });
    await as.call(removeTeamMember, { params: { id }, body: { userId: bob.userId } });
    await as.call(deleteTeam, { params: { id } });
    expect((await told(id)).map((it) => it.change)).toEqual([
      { before: null, after: { name: 'North', description: '' } },
      { before: { description: '' }, after: { description: 'Far' } },
      { before: { member: null }, after: { member: bob.userId } },
      { before: { member: bob.userId }, after: { member: null } },
      { before: { name: 'North', description: 'Far' }, after: null },
    ]);
  });

  it('of invitations, without the token, and of names', async () => {
    const { ada, as } = await company();
    const body = { email: 'new@example.org', roles: ['viewer'] };
    const { id } = await as.call(invite, { body });
    await as.call(revokeInvitation, { params: { id } });
    const [sent, revoked] = await told(id);
    expect(sent?.change).toEqual({
      before: null,
      after: { ...body, language: 'en', expiresAt: expect.any(String) },
    });
    expect(revoked).toMatchObject({
      kind: 'invitation',
      action: 'revoked',
      change: { before: body, after: null },
    });
    await as.call(changeMe, { body: { language: 'fr' } });
    expect((await told(ada.userId)).at(-1)?.change).toEqual({
      before: { language: 'en' },
      after: { language: 'fr' },
    });
  });
});
