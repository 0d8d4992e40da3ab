import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkPermission,
  listSessions,
  login,
  logout,
  membershipChanged,
  refresh,
  type Reply,
  revocations,
  revokeOtherSessions,
  revokeSession,
  sessionEnded,
} from '@orion/contracts';
import { Cache } from '@orion/cache';
import { Questions } from '@orion/messaging';
import { endedSessionKey, SharedRevocations } from '@orion/security';
import { codeOf, eventually } from '@orion/testing';
import { MembershipConsumer } from '../src/memberships/membership.consumer';
import { RevocationRelay } from '../src/sessions/revocation-relay.job';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Tokens = Reply<typeof login>;

const query = { permission: 'member.manage' } as const;
const works = ({ accessToken }: Tokens) => auth.as(accessToken).call(checkPermission, { query });
const stops = (tokens: Tokens) =>
  eventually(async () => expect(await codeOf(works(tokens))).toBe('UNAUTHENTICATED'), { timeoutMs: 5_000 });
const own = async ({ accessToken }: Tokens) => (await auth.as(accessToken).call(listSessions)).items;
const again = (email: string): Promise<Tokens> =>
  auth.as().call(login, { body: { email, password: PASSWORD } });
const currentOf = async (tokens: Tokens) => (await own(tokens)).find((it) => it.current)?.id ?? '';
const events = (sessionId: string) =>
  auth.sql<{ data: { reason: string } }>(
    `SELECT envelope::jsonb -> 'data' AS data FROM platform.outbox WHERE type = $1 AND aggregate_id = $2`,
    [sessionEnded.type, sessionId],
  );

describe('own sessions', () => {
  it('are listed with device, address and times, the newest first and the asking one marked', async () => {
    const email = someEmail();
    const first = await auth.member(email);
    const response = await fetch(`${auth.service.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0',
        'x-forwarded-for': '203.0.113.9',
      },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    expect(response.status).toBe(200);
    const [newest, oldest, ...rest] = await own(first);
    expect(rest).toEqual([]);
    expect(newest).toMatchObject({ device: 'Firefox on Linux', address: '203.0.113.9', current: false });
    expect(oldest).toMatchObject({ current: true, organizationId: first.organizationId });
    const page = await auth.as(first.accessToken).call(listSessions, { query: { limit: 1 } });
    const cursor = page.nextCursor ?? '';
    const next = await auth.as(first.accessToken).call(listSessions, { query: { limit: 1, cursor } });
    expect([...page.items, ...next.items].map((it) => it.id)).toEqual([newest?.id, oldest?.id]);
  });

  it('are shown and ended in every organization of the person, and nobody else’s are', async () => {
    const email = someEmail();
    const first = await auth.member(email);
    const organizationId = randomUUID();
    await auth.sql(
      `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
       VALUES (gen_random_uuid(), $1, $2, '{viewer}', true, now(), 1)`,
      [organizationId, first.userId],
    );
    const body = { email, password: PASSWORD, organizationId };
    const elsewhere = await auth.as().call(login, { body });
    const stranger = await auth.member();
    expect((await own(first)).map((it) => it.organizationId)).toEqual([organizationId, first.organizationId]);
    const id = await currentOf(elsewhere);
    expect(await codeOf(auth.as(stranger.accessToken).call(revokeSession, { params: { id } }))).toBe(
      'NOT_FOUND',
    );
    await auth.as(first.accessToken).call(revokeSession, { params: { id } });
    expect(await own(first)).toHaveLength(1);
    await stops(elsewhere);
    expect(await events(id)).toMatchObject([{ data: { reason: 'revoked', organizationId } }]);
  });

  it('end but for the one that asks', async () => {
    const email = someEmail();
    const [first, second, third] = [await auth.member(email), await again(email), await again(email)];
    expect(await auth.as(second.accessToken).call(revokeOtherSessions)).toEqual({ ended: 2 });
    await stops(first);
    await stops(third);
    await works(second);
    const { refreshToken } = first;
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
  });

  it('cannot be ended twice', async () => {
    const tokens = await auth.member();
    const params = { id: await currentOf(tokens) };
    await auth.as(tokens.accessToken).call(revokeSession, { params });
    await stops(tokens);
    const other = await auth.member();
    expect(await codeOf(auth.as(other.accessToken).call(revokeSession, { params }))).toBe('NOT_FOUND');
  });
});

describe('an access token', () => {
  it('ends with signing out', async () => {
    const tokens = await auth.member();
    await works(tokens);
    await auth.as().call(logout, { body: { refreshToken: tokens.refreshToken } });
    await stops(tokens);
  });

  it('ends with its family when an old refresh token comes back, and that is told', async () => {
    const tokens = await auth.member();
    const id = await currentOf(tokens);
    const { refreshToken } = tokens;
    const next = await auth.as().call(refresh, { body: { refreshToken } });
    await auth.as().call(refresh, { body: { refreshToken: next.refreshToken } });
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
    await stops(tokens);
    expect((await events(id)).map((it) => it.data.reason)).toEqual(['reused']);
  });

  async function changed(tokens: Tokens, roles: string[], active = true): Promise<void> {
    const { organizationId, userId } = tokens;
    const [held] = await auth.sql<{ id: string; sequence: number }>(
      'SELECT id, sequence FROM membership WHERE organization_id = $1 AND user_id = $2',
      [organizationId, userId],
    );
    const data = { membershipId: held?.id, organizationId, userId, email: 'a@b.example', roles, active };
    const event = {
      type: membershipChanged.type,
      sequence: (held?.sequence ?? 0) + 1,
      data: { ...data, joinedAt: new Date().toISOString() },
    };
    const consumer = auth.service.app.get(MembershipConsumer, { strict: false });
    await auth.database.tenant(organizationId, (tx) => consumer.handle(tx, event as never));
  }

  it('is exchanged for one with the roles held now', async () => {
    const tokens = await auth.member();
    await changed(tokens, ['viewer']);
    await stops(tokens);
    const { refreshToken } = tokens;
    const next = await auth.as().call(refresh, { body: { refreshToken } });
    expect(await works(next)).toMatchObject({ granted: false });
    await changed(tokens, ['viewer']);
    await works(next);
  });

  it('ends for good with the membership', async () => {
    const tokens = await auth.member();
    await changed(tokens, ['admin'], false);
    await stops(tokens);
    const { refreshToken } = tokens;
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
  });
});

describe('the other services', () => {
  it('are told by way of Redis, also after it lost everything, and when asked', async () => {
    const tokens = await auth.member();
    const key = endedSessionKey(await currentOf(tokens));
    await auth.as().call(logout, { body: { refreshToken: tokens.refreshToken } });
    const shared = auth.service.app.get(SharedRevocations);
    const told = async () => expect((await shared.since(0)).map((it) => it.key)).toContain(key);
    await eventually(told, { timeoutMs: 5_000 });
    await auth.service.app.get(Cache).redis.del('revocations');
    await auth.service.app.get(RevocationRelay, { strict: false }).run();
    await told();
    const { items } = await auth.service.app.get(Questions).ask(revocations, { since: 0 });
    expect(items.map((it) => it.key)).toContain(key);
    expect(
      (await auth.service.app.get(Questions).ask(revocations, { since: Date.now() + 60_000 })).items,
    ).toEqual([]);
  });
});
