import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  acceptInvitation,
  acceptInvited,
  changeMe,
  createUser,
  deleteOrganization,
  invitationSent,
  invite,
  listInvitations,
  membershipChanged,
  previewInvitation,
  readInvited,
  readUser,
  removeUser,
  resendInvitation,
  revokeInvitation,
  suspendUser,
} from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { codeOf, makeTestRole, problemOf, publishedBy } from '@orion/testing';
import { readSealed } from './support/notification.stand-in';
import { someEmail, startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

type Place = { userId: string; organizationId: string };

const inviting = (who: Place, email: string, roles = ['viewer'], granter = ['admin']) =>
  user.as(who, granter).call(invite, { body: { email, roles } });
const accept = (who: Place, token: string) => user.as(who).call(acceptInvitation, { body: { token } });
const preview = (token: string) => user.service.call(previewInvitation, { body: { token } });

/** Tokens of the mails asked for, the newest last. */
async function tokensOf(invitationId: string): Promise<string[]> {
  const events = await publishedBy(user.service, invitationId);
  const sent = events.filter((it) => it.type === invitationSent.type);
  return sent.map((it) => {
    const { sealedToken } = invitationSent.data.parse(it.data);
    return readSealed(invitationId, sealedToken);
  });
}

const newest = async (invitationId: string) => (await tokensOf(invitationId)).at(-1) ?? '';

describe('an invitation', () => {
  it('is mailed in the inviter’s language, and its token is neither stored nor readable on the way', async () => {
    const ada = await user.account();
    await user.as(ada).call(changeMe, { body: { language: 'fr' } });
    const email = someEmail();
    const invitation = await inviting(ada, email);
    expect(invitation).toMatchObject({
      email,
      roles: ['viewer'],
      state: 'PENDING',
      language: 'fr',
      sentCount: 1,
    });
    expect((Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000).toBeCloseTo(7, 1);
    const [event] = await publishedBy(user.service, invitation.id);
    expect(event?.data).toMatchObject({
      email,
      language: 'fr',
      inviterName: 'Ada',
      organizationName: 'Ada & Co',
    });
    const token = await newest(invitation.id);
    expect(JSON.stringify(event)).not.toContain(token);
    const [row] = await user.sql<{ all: string }>(
      'SELECT invitation::text AS all FROM invitation WHERE id = $1',
      [invitation.id],
    );
    expect(row?.all).not.toContain(token);
  });

  it('makes a member of somebody who has an account, once', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const { id } = await inviting(ada, bob.email.toUpperCase(), ['viewer', 'operator']);
    const token = await newest(id);
    expect(await preview(token)).toMatchObject({ organizationName: 'Ada & Co', registered: true });
    const member = await accept(bob, token);
    expect(member).toMatchObject({ userId: bob.userId, roles: ['operator', 'viewer'] });
    expect(member.organizationId).toBe(ada.organizationId);
    expect(await accept(bob, token)).toEqual(member);
    expect(await user.as(ada).call(readUser, { params: { id: bob.userId } })).toMatchObject({
      state: 'ACTIVE',
    });
    const eve = await user.account('Eve');
    expect(await codeOf(accept(eve, token))).toBe('INVITATION_ACCEPTED');
    expect(await codeOf(preview(token))).toBe('INVITATION_ACCEPTED');
    const changes = await user.sql(
      `SELECT FROM platform.outbox WHERE type = $1 AND organization_id = $2 AND envelope::json#>>'{data,userId}' = $3`,
      [membershipChanged.type, ada.organizationId, bob.userId],
    );
    expect(changes).toHaveLength(1);
  });

  it('is accepted once when used several times at once', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const token = await newest((await inviting(ada, bob.email)).id);
    const members = await Promise.all([1, 2, 3].map(() => accept(bob, token)));
    expect(new Set(members.map((it) => it.joinedAt)).size).toBe(1);
  });

  it('is for nobody but the address it was sent to', async () => {
    const [ada, eve] = [await user.account(), await user.account('Eve')];
    const token = await newest((await inviting(ada, someEmail())).id);
    expect(await problemOf(accept(eve, token))).toMatchObject({
      code: 'INVITATION_FOR_ANOTHER',
      status: 409,
    });
  });

  it('ends after seven days, when taken back, and when sent again', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const { id } = await inviting(ada, bob.email);
    const first = await newest(id);
    const params = { id };
    await user.sql(`UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    expect(await codeOf(accept(bob, first))).toBe('INVITATION_EXPIRED');
    const renewed = await user.as(ada).call(resendInvitation, { params });
    expect(renewed).toMatchObject({ state: 'PENDING', sentCount: 2 });
    expect(await codeOf(accept(bob, first))).toBe('INVITATION_UNKNOWN');
    const second = await newest(id);
    expect(await user.as(ada).call(revokeInvitation, { params })).toMatchObject({ state: 'REVOKED' });
    await user.as(ada).call(revokeInvitation, { params });
    expect(await codeOf(accept(bob, second))).toBe('INVITATION_REVOKED');
    expect(await codeOf(user.as(ada).call(resendInvitation, { params }))).toBe('INVITATION_REVOKED');
    const another = await newest((await inviting(ada, bob.email)).id);
    await accept(bob, another);
  });

  it('cannot be taken back or sent again once accepted', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const { id } = await inviting(ada, bob.email);
    await accept(bob, await newest(id));
    for (const endpoint of [resendInvitation, revokeInvitation])
      expect(await codeOf(user.as(ada).call(endpoint, { params: { id } }))).toBe('INVITATION_ACCEPTED');
  });

  it('is one for each address, until it has expired', async () => {
    const ada = await user.account();
    const email = someEmail();
    const { id } = await inviting(ada, email);
    expect(await codeOf(inviting(ada, email.toUpperCase()))).toBe('INVITATION_EXISTS');
    await inviting(await user.account(), email);
    await user.sql(`UPDATE invitation SET expires_at = now() WHERE id = $1`, [id]);
    await inviting(ada, email);
    const list = async (query: object) => (await user.as(ada).call(listInvitations, { query })).items;
    expect((await list({})).map((it) => it.state)).toEqual(['PENDING', 'REVOKED']);
    expect((await list({ state: 'REVOKED' })).map((it) => it.id)).toEqual([id]);
    expect(await list({ state: 'ACCEPTED' })).toEqual([]);
    expect(await list({ state: 'EXPIRED' })).toEqual([]);
    const first = await user.as(ada).call(listInvitations, { query: { limit: 1 } });
    const rest = await list({ cursor: first.nextCursor });
    expect(rest.map((it) => it.id)).toEqual([id]);
  });

  it('is not for members, not even suspended ones', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    expect(await codeOf(inviting(ada, ada.email))).toBe('MEMBER_EXISTS');
    const token = await newest((await inviting(ada, bob.email)).id);
    await accept(bob, token);
    await user.as(ada).call(suspendUser, { params: { id: bob.userId } });
    expect(await codeOf(inviting(ada, bob.email))).toBe('MEMBER_EXISTS');
    expect(await codeOf(accept(bob, token))).toBe('INVITATION_ACCEPTED');
  });

  it('comes from the organization where one of its API keys invites', async () => {
    const ada = await user.account();
    const { organizationId } = ada;
    const apiKeyId = randomUUID();
    const as = user.service.token({
      userId: apiKeyId,
      apiKeyId,
      organizationId,
      permissions: ['member.manage', 'team.view', 'agent.view'],
    });
    const body = { email: someEmail(), roles: ['viewer'] };
    const { id, invitedBy } = await user.service.call(invite, { body }, { as });
    expect(invitedBy).toBe(apiKeyId);
    const [event] = await publishedBy(user.service, id);
    const { inviterName, organizationName } = invitationSent.data.parse(event?.data);
    expect(inviterName).toBe(organizationName);
  });

  it('gives no role beyond the inviter’s, nor one the organization has not', async () => {
    const ada = await user.account();
    const as = user.service.token({ ...ada, permissions: ['member.manage', 'team.view', 'agent.view'] });
    const wish = (roles: string[]) =>
      user.service.call(invite, { body: { email: someEmail(), roles } }, { as });
    expect(await codeOf(wish(['operator']))).toBe('FORBIDDEN');
    expect(await codeOf(wish([randomUUID()]))).toBe('VALIDATION_FAILED');
    const { id } = await wish(['viewer']);
    const less = user.service.token({ ...ada, permissions: ['member.manage'] });
    const resending = user.service.call(resendInvitation, { params: { id } }, { as: less });
    expect(await codeOf(resending)).toBe('FORBIDDEN');
  });

  it('leaves out a role that is gone meanwhile, and is refused where none is left', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const role = makeTestRole(ada.organizationId, ['team.view']);
    const { id } = await inviting(ada, bob.email, [role.id]);
    const rolesNow = (roles: string[]) =>
      user.sql('UPDATE invitation SET roles = $2 WHERE id = $1', [id, roles]);
    await rolesNow([randomUUID()]);
    expect(await codeOf(accept(bob, await newest(id)))).toBe('ROLE_UNKNOWN');
    await rolesNow([randomUUID(), role.id]);
    expect(await accept(bob, await newest(id))).toMatchObject({ roles: [role.id] });
  });

  it('ends with its inviter’s membership, and with the organization', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    await accept(bob, await newest((await inviting(ada, bob.email, ['admin'])).id));
    const eve = await user.account('Eve');
    const byBob = await newest((await inviting({ ...ada, userId: bob.userId }, eve.email)).id);
    await user.as(ada).call(removeUser, { params: { id: bob.userId } });
    expect(await codeOf(accept(eve, byBob))).toBe('INVITATION_REVOKED');
    const byAda = await newest((await inviting(ada, eve.email)).id);
    await user.as(ada).call(deleteOrganization, { params: { id: ada.organizationId } });
    expect(await codeOf(accept(eve, byAda))).toBe('INVITATION_REVOKED');
  });

  it('nobody has sent is unknown', async () => {
    const ada = await user.account();
    const forged = Buffer.concat([
      Buffer.from(ada.organizationId.replaceAll('-', ''), 'hex'),
      Buffer.alloc(32),
    ]);
    for (const token of ['x', 'A'.repeat(64), '_'.repeat(64), forged.toString('base64url')]) {
      expect(await codeOf(preview(token))).toBe('INVITATION_UNKNOWN');
      expect(await codeOf(accept(ada, token))).toBe('INVITATION_UNKNOWN');
    }
  });
});

describe('somebody without an account', () => {
  it('becomes a person and a member through auth, once', async () => {
    const ada = await user.account();
    const email = someEmail();
    const { id } = await inviting(ada, email);
    const token = await newest(id);
    expect(await preview(token)).toMatchObject({ email, registered: false });
    const questions = user.service.app.get(Questions);
    expect(await questions.ask(readInvited, { token })).toMatchObject({ email });
    const userId = randomUUID();
    const first = await questions.ask(acceptInvited, { token, userId, name: 'Guest' });
    expect(first).toMatchObject({
      userId,
      organizationId: ada.organizationId,
      roles: ['viewer'],
      sequence: 1,
    });
    expect(await questions.ask(acceptInvited, { token, userId, name: 'Guest' })).toEqual(first);
    const late = questions.ask(acceptInvited, { token, userId: randomUUID(), name: 'Mallory' });
    await expect(late).rejects.toMatchObject({ problem: { code: 'INVITATION_ACCEPTED' } });
    const params = { id: userId };
    expect(await user.as(ada).call(readUser, { params })).toMatchObject({ name: 'Guest', email });
  });

  it('is not made of an address that has one, nor of nobody’s name', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const token = await newest((await inviting(ada, bob.email)).id);
    const asked = user.service.app
      .get(Questions)
      .ask(acceptInvited, { token, userId: randomUUID(), name: 'Mallory' });
    await expect(asked).rejects.toMatchObject({ problem: { code: 'EMAIL_TAKEN' } });
    const ghost = accept({ ...ada, userId: randomUUID() }, token);
    expect(await codeOf(ghost)).toBe('NOT_FOUND');
  });
});

describe('creating a user', () => {
  it('adds whoever has an account and invites whoever has none', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const create = (email: string) => user.as(ada).call(createUser, { body: { email, roles: ['viewer'] } });
    expect(await create(bob.email)).toMatchObject({
      member: { userId: bob.userId, state: 'ACTIVE' },
      invitation: null,
    });
    expect(await codeOf(create(bob.email))).toBe('MEMBER_EXISTS');
    const email = someEmail();
    expect(await create(email)).toMatchObject({ member: null, invitation: { email, state: 'PENDING' } });
    expect(await codeOf(create(email))).toBe('INVITATION_EXISTS');
  });
});
