import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeSignInPolicy, listRoles, readAccount, switchOrganization } from '@orion/contracts';
import { codeOf, refusal } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { type AuthHarness, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

const me = ({ accessToken }: { accessToken: string }) => auth.as(accessToken).call(readAccount);

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>;

async function memberElsewhere(userId: string, roles: string): Promise<string> {
  const organizationId = randomUUID();
  await auth.sql(
    `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
     VALUES (gen_random_uuid(), $1, $2, $3::text[], true, now(), 1)`,
    [organizationId, userId, roles],
  );
  return organizationId;
}

describe('who am I', () => {
  it('tells person, organization, session, roles and what they grant', async () => {
    const email = someEmail();
    const tokens = await auth.member(email);
    const admin = (await auth.as(tokens.accessToken).call(listRoles)).items.find((it) => it.id === 'admin');
    expect(await me(tokens)).toEqual({
      userId: tokens.userId,
      email,
      emailVerifiedAt: null,
      newEmail: null,
      name: 'Ada',
      language: 'en',
      organizationId: tokens.organizationId,
      sessionId: claimsOf(tokens.accessToken)['sid'],
      roles: ['admin'],
      permissions: [...(admin?.permissions ?? [])].sort(),
      secondFactor: { setUp: false, required: false },
    });
  });

  it('tells of the organization of the token alone', async () => {
    const home = await auth.member();
    const organizationId = await memberElsewhere(home.userId, '{viewer}');
    const body = { organizationId, refreshToken: home.refreshToken };
    const there = await auth.as(home.accessToken).call(switchOrganization, { body });
    const [atHome, away] = [await me(home), await me(there)];
    expect(away).toMatchObject({ userId: home.userId, organizationId, roles: ['viewer'] });
    expect(atHome).toMatchObject({ organizationId: home.organizationId, roles: ['admin'] });
    expect(away.permissions).not.toContain('role.manage');
    expect(away.sessionId).not.toBe(atHome.sessionId);
  });

  it('tells whether a second factor is set up, and asked for by the organization', async () => {
    const tokens = await auth.member();
    const confirm = `INSERT INTO authenticator (user_id, secret, confirmed_at) VALUES ($1, '', $2)
      ON CONFLICT (user_id) DO UPDATE SET confirmed_at = EXCLUDED.confirmed_at`;
    await auth.sql(confirm, [tokens.userId, null]);
    expect((await me(tokens)).secondFactor).toEqual({ setUp: false, required: false });
    await auth.sql(confirm, [tokens.userId, new Date()]);
    const body = { secondFactorRequired: true };
    await auth.as(tokens.accessToken).call(changeSignInPolicy, { body });
    expect((await me(tokens)).secondFactor).toEqual({ setUp: true, required: true });
    expect((await me(await auth.member())).secondFactor).toEqual({ setUp: false, required: false });
  });

  it('is for who is signed in, and changes nothing', async () => {
    expect(await codeOf(auth.as().call(readAccount))).toBe('UNAUTHENTICATED');
    const { accessToken } = await auth.member();
    const answer = await fetch(`${auth.service.url}/api/v1/auth/me`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Eve' }),
    });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('GET')]);
  });

  it('is nobody once the account is gone', async () => {
    const tokens = await auth.member();
    await auth.sql('DELETE FROM session WHERE user_id = $1', [tokens.userId]);
    await auth.sql('DELETE FROM credential WHERE user_id = $1', [tokens.userId]);
    expect((await refusal(me(tokens))).status).toBe(401);
  });
});
