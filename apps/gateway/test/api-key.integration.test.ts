import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { API_PREFIX, CSRF_HEADER, type Permission } from '@orion/contracts';
import { endedSessionKey, newApiKey, Revocations, SharedRevocations } from '@orion/security';
import { eventually, makeTestKey, type TestKey } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { someone, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;

/** Too few for points to be taken in advance, which would blur what is left. */
const KEY_LIMIT = 15;

beforeAll(async () => {
  gateway = await startGateway({
    KEY_RATE_LIMIT_PER_MINUTE: String(KEY_LIMIT),
    RATE_LIMIT_PER_MINUTE: '200',
    TRUSTED_PROXIES: '127.0.0.0/8',
  });
});
afterAll(() => gateway.stop());

const VIEW: Permission[] = ['service-order.view', 'activity.view'];
const aKey = (): TestKey => makeTestKey({ ...someone(randomUUID(), VIEW), sessionId: randomUUID() });

/** From an address of its own, so that no test counts for another. */
const addresses = (function* () {
  for (let n = 1; ; n += 1) yield `203.0.${Math.floor(n / 250)}.${(n % 250) + 1}`;
})();
const anAddress = (): string => addresses.next().value ?? '';

const send = (
  key: string,
  { path = '/service-orders', address = anAddress(), ...headers }: Record<string, string> = {},
) =>
  fetch(gateway.url + API_PREFIX + path, {
    headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': address, ...headers },
  });
const statusOf = async (key: string, more?: Record<string, string>) => (await send(key, more)).status;
const sentOn = () => gateway.scheduling.received.at(-1)?.headers ?? {};

/** Lets time pass for the gateway, in milliseconds. */
async function later(ms: number, work: () => Promise<void>): Promise<void> {
  const now = performance.now.bind(performance);
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
  try {
    await work();
  } finally {
    clock.mockRestore();
  }
}

/** Tells what auth would, and waits until the gateway has heard of it. */
async function revoke(claims: TestKey['claims']): Promise<void> {
  const sid = claims?.sessionId ?? '';
  await gateway.app
    .get(SharedRevocations, { strict: false })
    .tell([{ key: endedSessionKey(sid), digest: null, at: Date.now() }]);
  const revocations = gateway.app.get(Revocations, { strict: false });
  const heard = () => expect(revocations.covers({ sub: '', org: '', prm: '', iat: 0, sid })).toBe(true);
  await eventually(heard, { timeoutMs: 5_000 });
}

describe('an API key', () => {
  it('reaches a service as the access token it stands for, and no further itself', async () => {
    const { key, id } = aKey();
    expect(await statusOf(key, { cookie: 'orion_refresh_x=1', [CSRF_HEADER]: '1' })).toBe(200);
    const { authorization = '', cookie } = sentOn();
    const claims = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ key: id });
    expect(cookie).toBeUndefined();
    expect(JSON.stringify(gateway.scheduling.received)).not.toContain(key);
  });

  it('opens what the gateway answers itself', async () => {
    const { key } = aKey();
    const response = await send(key, { path: '/activity' });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 200,
      body: { items: [] },
    });
    expect(await statusOf(newApiKey(randomUUID()).key, { path: '/activity' })).toBe(401);
  });

  it('is held to its scopes, and kept from what is a person’s own', async () => {
    const { key } = aKey();
    const lacking = await send(key, { path: '/customers' });
    expect(await lacking.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const own = await send(key, { path: '/auth/sessions' });
    expect(await own.json()).toMatchObject({ status: 403, code: 'API_KEY_REFUSED' });
  });

  it('is exchanged once for many requests at once, and again after a minute', async () => {
    const it = aKey();
    const statuses = await Promise.all(Array.from({ length: 5 }, () => statusOf(it.key)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(it.asked).toBe(1);
    await later(59_000, async () => void (await statusOf(it.key)));
    expect(it.asked).toBe(1);
    await later(61_000, async () => expect(await statusOf(it.key)).toBe(200));
    expect(it.asked).toBe(2);
  });

  it('that counts for nothing is refused alike, whatever the reason', async () => {
    const ended = aKey();
    ended.claims = null;
    const keys = [
      ended.key,
      newApiKey(randomUUID()).key,
      'orion_',
      'orion_00000000_short',
      `orion_${'x'.repeat(2_000)}`,
      `orion_00000000_${'_'.repeat(64)}`,
    ];
    const told = [];
    for (const key of keys) {
      const response = await send(key);
      const { correlationId: _, ...problem } = (await response.json()) as Record<string, unknown>;
      told.push({ status: response.status, problem });
    }
    expect(told[0]).toMatchObject({ status: 401, problem: { code: 'UNAUTHENTICATED' } });
    for (const it of told) expect(it).toEqual(told[0]);
  });

  it('that is refused is not asked about again at once', async () => {
    const it = aKey();
    it.claims = null;
    for (let n = 0; n < 3; n += 1) expect(await statusOf(it.key)).toBe(401);
    expect(it.asked).toBe(1);
    await later(6_000, async () => expect(await statusOf(it.key)).toBe(401));
    expect(it.asked).toBe(2);
  });

  it('changes nothing about what is public', async () => {
    const { key } = newApiKey(randomUUID());
    const path = '/invitations/preview';
    const response = await fetch(gateway.url + API_PREFIX + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': anAddress() },
    });
    expect(response.status).toBe(200);
    expect(gateway.user.received.at(-1)?.headers.authorization).toBeUndefined();
  });
});

describe('a key that is revoked', () => {
  it('stops within five seconds, also while its token is in memory', async () => {
    const it = aKey();
    expect(await statusOf(it.key)).toBe(200);
    const { claims } = it;
    it.claims = null;
    expect(await statusOf(it.key)).toBe(200);
    await revoke(claims);
    expect(await statusOf(it.key)).toBe(401);
    expect(it.asked).toBe(2);
  });

  it('goes on where it was its permissions that changed, without the caller noticing', async () => {
    const it = aKey();
    expect(await statusOf(it.key)).toBe(200);
    const { claims } = it;
    it.claims = claims && { ...claims, sessionId: randomUUID(), permissions: ['customer.view'] };
    await revoke(claims);
    expect(await statusOf(it.key)).toBe(403);
    expect(await statusOf(it.key, { path: '/customers' })).toBe(200);
  });
});

describe('while auth gives no answer', () => {
  it('a key in use goes on, and one that is new waits', async () => {
    const [used, fresh] = [aKey(), aKey()];
    expect(await statusOf(used.key)).toBe(200);
    used.failing = fresh.failing = true;
    expect(await statusOf(fresh.key)).toBe(503);
    await later(61_000, async () => {
      expect([await statusOf(used.key), await statusOf(used.key)]).toEqual([200, 200]);
      expect(used.asked).toBe(2);
    });
    await later(72_000, async () => expect(await statusOf(used.key)).toBe(200));
    expect(used.asked).toBe(3);
    await revoke(used.claims);
    expect(await statusOf(used.key)).toBe(503);
  });
});

describe('the rate limit of keys', () => {
  it('is one of its own for each key, all its secrets together, whatever the address', async () => {
    const first = aKey();
    const rotated = makeTestKey(first.claims ?? someone(), first);
    for (let n = KEY_LIMIT - 1; n >= 0; n -= 1) {
      const response = await send(n % 2 === 0 ? first.key : rotated.key);
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit-limit')).toBe(String(KEY_LIMIT));
      expect(response.headers.get('ratelimit-policy')).toBe(`${KEY_LIMIT};w=60`);
      expect(response.headers.get('ratelimit-remaining')).toBe(String(n));
    }
    const refused = await send(first.key);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await statusOf(rotated.key)).toBe(429);
    expect(await statusOf(aKey().key)).toBe(200);
    const { userId = '', organizationId = '' } = first.claims ?? {};
    const ofOwner = gateway.token({ userId, organizationId, permissions: VIEW });
    const own = await send(ofOwner);
    expect([own.status, own.headers.get('ratelimit-limit')]).toEqual([200, '200']);
  });

  it('holds back who tries keys out, before auth is asked', async () => {
    const address = anAddress();
    const tries = 30;
    const statuses: number[] = [];
    for (let n = 0; n < tries; n += 1)
      statuses.push(await statusOf(newApiKey(randomUUID()).key, { address }));
    expect(statuses.filter((it) => it === 401)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual(Array(tries - 20).fill(429));
    const unasked = aKey();
    expect(await statusOf(unasked.key, { address })).toBe(429);
    expect(unasked.asked).toBe(0);
    expect(await statusOf(unasked.key)).toBe(200);
  });
});
