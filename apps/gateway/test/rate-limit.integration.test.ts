import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { API_PREFIX } from '@orion/contracts';
import { Cache } from '@orion/cache';
import { randomUUID } from 'node:crypto';
import { someone, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway({ RATE_LIMIT_PER_MINUTE: '5', TRUSTED_PROXIES: '127.0.0.0/8' });
});
afterAll(() => gateway.stop());

const send = (path: string, headers: Record<string, string>) =>
  fetch(gateway.url + API_PREFIX + path, { headers });
const bearer = () => ({ authorization: `Bearer ${gateway.token(someone())}` });

describe('the rate limit', () => {
  it('counts each token for itself, tells where it stands and refuses with 429', async () => {
    const [one, other] = [bearer(), bearer()];
    for (let left = 4; left >= 0; left -= 1) {
      const response = await send('/users/me', one);
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit-remaining')).toBe(String(left));
      expect(response.headers.get('ratelimit-limit')).toBe('5');
    }
    const refused = await send('/users/me', one);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect((await send('/users/me', other)).status).toBe(200);
  });

  it('counts callers without a token by the address the trusted proxy names', async () => {
    const from = (address: string) => send('/nothing', { 'x-forwarded-for': address });
    for (let i = 0; i < 5; i += 1) expect((await from('203.0.113.5')).status).toBe(404);
    expect((await from('203.0.113.5')).status).toBe(429);
    expect((await from('203.0.113.6')).status).toBe(404);
  });

  it('stops looking at tokens of an address that keeps sending refused ones', async () => {
    const from = (address: string) =>
      send('/users/me', {
        'x-forwarded-for': address,
        authorization: `Bearer a.${randomUUID().slice(0, 8)}.c`,
      });
    for (let i = 0; i < 20; i += 1) expect((await from('203.0.113.7')).status).toBe(401);
    expect((await from('203.0.113.7')).status).toBe(429);
    expect((await from('203.0.113.8')).status).toBe(401);
  });

  it('goes on counting by itself while Redis is away', async () => {
    const { redis } = gateway.app.get(Cache);
    redis.disconnect();
    try {
      const one = bearer();
      const statuses: number[] = [];
      for (let i = 0; i < 7; i += 1) statuses.push((await send('/users/me', one)).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    } finally {
      await redis.connect();
    }
  });
});

describe('the rate limit of several gateways', () => {
  const LIMIT = 120;
  let gateways: TestGateway[];

  beforeAll(async () => {
    const first = await startGateway({ RATE_LIMIT_PER_MINUTE: String(LIMIT) });
    const second = await startGateway({
      RATE_LIMIT_PER_MINUTE: String(LIMIT),
      MESSAGING_NAMESPACE: first.namespace,
    });
    gateways = [first, second];
  });
  afterAll(async () => {
    for (const it of gateways.toReversed()) await it.stop();
  });

  it('is one limit, for which Redis is asked much less often than there are requests', async () => {
    const [first, second] = gateways as [TestGateway, TestGateway];
    const one = { authorization: `Bearer ${first.token(someone())}` };
    const asked = jest.spyOn(first.app.get(Cache).redis, 'sendCommand');
    const passed: number[] = [];
    const call = async (to: TestGateway) => {
      const { status } = await fetch(`${to.url}${API_PREFIX}/users/me`, { headers: one });
      passed.push(status);
    };
    for (let n = 0; n < LIMIT / 2; n += 1) await call(first);
    expect(asked.mock.calls.length).toBeLessThan(LIMIT / 4);
    for (let n = 0; n < LIMIT; n += 1) await Promise.all([call(first), call(second)]);
    expect(passed.filter((it) => it === 200)).toHaveLength(LIMIT);
    expect(new Set(passed)).toEqual(new Set([200, 429]));
  });
});
