import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Authenticator, permissionDigest, signAccessToken } from '../src';
import { first, pair, second } from './support/key-set';
import { claims, counted, minted, token, World } from './support/world';

let world: World;

beforeEach(async () => {
  world = new World();
  await world.open();
});
afterEach(() => world.close());

const refused = (authenticator: Authenticator, header: string | undefined) =>
  expect(authenticator.authenticate(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

describe('the key set', () => {
  it('is fetched once for many requests at once, and then kept', async () => {
    const { authenticator } = await world.start();
    await Promise.all(Array.from({ length: 20 }, () => authenticator.authenticate(`Bearer ${token()}`)));
    await authenticator.authenticate(`Bearer ${token()}`);
    expect(world.keySet.fetches).toBe(1);
  });

  it('is not fetched again and again for unknown key ids', async () => {
    const { authenticator } = await world.start();
    await authenticator.authenticate(`Bearer ${token()}`);
    for (let i = 0; i < 10; i += 1) await refused(authenticator, `Bearer ${token(pair(`unknown-${i}`))}`);
    expect(world.keySet.fetches).toBe(1);
  }, 60_000);

  it('of before keeps working while auth is down', async () => {
    const { authenticator } = await world.start();
    await authenticator.authenticate(`Bearer ${token()}`);
    world.keySet.down = true;
    await expect(authenticator.authenticate(`Bearer ${token()}`)).resolves.toBeDefined();
  });

  it('that could never be had is our fault, not the caller’s, and is asked for again soon', async () => {
    world.keySet.down = true;
    const { authenticator } = await world.start();
    await expect(authenticator.authenticate(`Bearer ${token()}`)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    world.keySet.down = false;
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await expect(authenticator.authenticate(`Bearer ${token()}`)).resolves.toBeDefined();
  });

  it('may hold several keys, during a rotation', async () => {
    world.keySet.keys = [first.jwk, second.jwk];
    const { authenticator } = await world.start();
    for (const key of [first, second]) {
      await expect(authenticator.authenticate(`Bearer ${token(key)}`)).resolves.toBeDefined();
    }
  });
});

describe('the permissions behind a digest', () => {
  it('are asked for once, kept in memory and in Redis', async () => {
    const one = await world.start();
    await Promise.all(Array.from({ length: 10 }, () => one.authenticator.authenticate(`Bearer ${token()}`)));
    expect(counted.asked).toBe(1);
    const other = await world.start();
    minted.clear();
    const bearer = signAccessToken({ ...claims(), prm: permissionDigest(['customer.view']) }, first);
    minted.clear();
    await expect(other.authenticator.authenticate(`Bearer ${bearer}`)).resolves.toBeDefined();
    expect(counted.asked).toBe(1);
  });

  it('are not believed where their digest is another, wherever they come from', async () => {
    const { authenticator, cache } = await world.start();
    const bearer = token();
    const digest = permissionDigest(['customer.view']);
    minted.set(digest, ['customer.view', 'customer.manage']);
    await refused(authenticator, `Bearer ${bearer}`);
    minted.set(digest, ['customer.view']);
    await cache.redis.set(`permission-set:${digest}`, JSON.stringify(['platform.operate']));
    const principal = await authenticator.authenticate(`Bearer ${bearer}`);
    expect([...principal.permissions]).toEqual(['customer.view']);
  });

  it('nobody ever minted make the token none of ours', async () => {
    const { authenticator } = await world.start();
    const bearer = token();
    minted.clear();
    await refused(authenticator, `Bearer ${bearer}`);
  });

  it('are found without Redis too, and with nonsense in it', async () => {
    const { authenticator, cache } = await world.start();
    await cache.redis.set(`permission-set:${permissionDigest(['customer.view'])}`, '{nonsense');
    await expect(authenticator.authenticate(`Bearer ${token()}`)).resolves.toBeDefined();
    cache.redis.disconnect();
    await expect(
      authenticator.authenticate(`Bearer ${token(first, ['booking.view'])}`),
    ).resolves.toBeDefined();
  });
});
