import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPermission, login, logout, refresh, type Reply } from '@orion/contracts';
import { codeOf } from '@orion/testing';
import { SessionCleaning } from '../src/sessions/session-cleaning.job';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Tokens = Reply<typeof refresh>;

const exchange = (refreshToken: string): Promise<Tokens> =>
  auth.as().call(refresh, { body: { refreshToken } });
const rejected = async (token: string) => expect(await codeOf(exchange(token))).toBe('REFRESH_REJECTED');
const sessionOf = ({ accessToken }: Tokens): string =>
  JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).sid;
const ending = async (tokens: Tokens): Promise<string | null | undefined> => {
  const [row] = await auth.sql<{ end_reason: string | null }>(
    'SELECT end_reason FROM session WHERE id = $1',
    [sessionOf(tokens)],
  );
  return row?.end_reason;
};
const graceOver = (tokens: Tokens) =>
  auth.sql(`UPDATE session SET rotated_at = rotated_at - interval '11 seconds' WHERE id = $1`, [
    sessionOf(tokens),
  ]);

describe('refresh', () => {
  it('gives new tokens of the same session, again and again', async () => {
    const first = await auth.member();
    const second = await exchange(first.refreshToken);
    const third = await exchange(second.refreshToken);
    expect(new Set([first, second, third].map((it) => it.refreshToken)).size).toBe(3);
    expect(sessionOf(third)).toBe(sessionOf(first));
    expect(third).toMatchObject({
      userId: first.userId,
      organizationId: first.organizationId,
      expiresIn: 600,
    });
    await auth.as(third.accessToken).call(checkPermission, { query: { permission: 'role.view' } });
  });

  it('gives the same successor again to a client that lost the answer', async () => {
    const first = await auth.member();
    const lost = await exchange(first.refreshToken);
    const again = await exchange(first.refreshToken);
    expect(again.refreshToken).toBe(lost.refreshToken);
    await exchange(again.refreshToken);
  });

  it('gives one successor to many requests at once', async () => {
    const first = await auth.member();
    const all = await Promise.all(Array.from({ length: 8 }, () => exchange(first.refreshToken)));
    expect(new Set(all.map((it) => it.refreshToken)).size).toBe(1);
  });

  it('ends the family when an old token comes again after the grace', async () => {
    const first = await auth.member();
    const second = await exchange(first.refreshToken);
    await graceOver(first);
    await rejected(first.refreshToken);
    expect(await ending(first)).toBe('reused');
    await rejected(second.refreshToken);
  });

  it('ends the family when an old token comes again after its successor was used', async () => {
    const first = await auth.member();
    const second = await exchange(first.refreshToken);
    const third = await exchange(second.refreshToken);
    await rejected(first.refreshToken);
    await rejected(third.refreshToken);
    expect(await ending(first)).toBe('reused');
  });

  it('ends one family and no other of the same person', async () => {
    const email = someEmail();
    const first = await auth.member(email);
    const other = await auth.as().call(login, { body: { email, password: PASSWORD } });
    await auth.as().call(logout, { body: { refreshToken: first.refreshToken } });
    await rejected(first.refreshToken);
    await exchange(other.refreshToken);
  });

  it('stores tokens only as hashes', async () => {
    const { refreshToken } = await auth.member();
    const [row] = await auth.sql<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM refresh_token WHERE hash = sha256(convert_to($1, 'UTF8'))) AS found`,
      [refreshToken],
    );
    expect(row?.found).toBe(true);
  });

  it('refuses what is no token, is unknown, or names another organization', async () => {
    const { refreshToken } = await auth.member();
    const foreign = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    const secret = Buffer.from(refreshToken, 'base64url').subarray(16);
    await rejected('x');
    await rejected('A'.repeat(64));
    await rejected(Buffer.concat([foreign, secret]).toString('base64url'));
    await exchange(refreshToken);
  });

  it('ends the session of somebody who left the organization', async () => {
    const tokens = await auth.member();
    await auth.sql('UPDATE membership SET active = false WHERE user_id = $1', [tokens.userId]);
    await rejected(tokens.refreshToken);
    expect(await ending(tokens)).toBe('membership');
  });

  it('carries the roles held now', async () => {
    const tokens = await auth.member();
    await auth.sql(`UPDATE membership SET roles = '{viewer}' WHERE user_id = $1`, [tokens.userId]);
    const { accessToken } = await exchange(tokens.refreshToken);
    const query = { permission: 'member.manage' } as const;
    expect(await auth.as(accessToken).call(checkPermission, { query })).toMatchObject({ granted: false });
    expect(await auth.as(tokens.accessToken).call(checkPermission, { query })).toMatchObject({
      granted: true,
    });
  });

  it('refuses a token and a session that have expired', async () => {
    const idle = await auth.member();
    await auth.sql(`UPDATE refresh_token SET expires_at = now() WHERE session_id = $1`, [sessionOf(idle)]);
    await rejected(idle.refreshToken);
    const old = await auth.member();
    await auth.sql(`UPDATE session SET expires_at = now() WHERE id = $1`, [sessionOf(old)]);
    await rejected(old.refreshToken);
  });
});

describe('logout', () => {
  it('ends the family with any of its tokens, and says nothing of unknown ones', async () => {
    const first = await auth.member();
    const second = await exchange(first.refreshToken);
    await auth.as().call(logout, { body: { refreshToken: first.refreshToken } });
    await rejected(second.refreshToken);
    expect(await ending(first)).toBe('logout');
    for (const refreshToken of [first.refreshToken, 'A'.repeat(64), 'x']) {
      await auth.as().call(logout, { body: { refreshToken } });
    }
    expect(await ending(first)).toBe('logout');
  });
});

describe('session cleaning', () => {
  it('removes what ended, and nothing that lives', async () => {
    const [old, idle, alive] = [await auth.member(), await auth.member(), await auth.member()];
    await auth.sql(`UPDATE session SET expires_at = now() - interval '31 days' WHERE id = $1`, [
      sessionOf(old),
    ]);
    await auth.sql('UPDATE refresh_token SET expires_at = now() WHERE session_id = $1', [sessionOf(idle)]);
    expect(await auth.service.app.get(SessionCleaning, { strict: false }).run()).toBe(false);
    const left = await auth.sql<{ id: string; tokens: string }>(
      `SELECT s.id, count(t.hash) AS tokens FROM session s LEFT JOIN refresh_token t ON t.session_id = s.id
        WHERE s.id = ANY ($1) GROUP BY s.id ORDER BY s.id`,
      [[old, idle, alive].map(sessionOf)],
    );
    expect(left).toEqual([
      { id: sessionOf(idle), tokens: '0' },
      { id: sessionOf(alive), tokens: '1' },
    ]);
    await exchange(alive.refreshToken);
  });
});
