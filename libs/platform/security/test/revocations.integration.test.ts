import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { endedSessionKey, holderKey, SharedRevocations, signAccessToken, type TokenClaims } from '../src';
import { first } from './support/key-set';
import { claims, revoked, World } from './support/world';

let world: World;
beforeEach(async () => {
  world = new World();
  await world.open();
});
afterEach(() => world.close());

const header = (it: Pick<TokenClaims, 'sub' | 'org' | 'sid' | 'prm'>) =>
  `Bearer ${signAccessToken(it, first)}`;
const AT = 1_800_000_000_000;

describe('a token that was verified before', () => {
  it('is refused within two seconds after its session ended, and others are not', async () => {
    const { authenticator } = await world.start();
    const [mine, other] = [claims(), claims()];
    await authenticator.authenticate(header(mine));
    revoked.push({ key: endedSessionKey(mine.sid), digest: null, at: AT });
    await sleep(1_500);
    await expect(authenticator.authenticate(header(mine))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await authenticator.authenticate(header(other));
  });

  it('is refused once other permissions hold, and its successor is not', async () => {
    const { authenticator } = await world.start();
    const mine = claims(['customer.view', 'customer.manage']);
    const next = { ...mine, prm: claims(['customer.view']).prm };
    revoked.push({ key: holderKey(mine.org, mine.sub), digest: next.prm, at: AT });
    await sleep(1_500);
    await expect(authenticator.authenticate(header(mine))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await authenticator.authenticate(header(next));
  });
});

describe('who watches a token', () => {
  it('is told once that it counts no longer', async () => {
    const { revocations } = await world.start();
    const [mine, other, left] = [claims(), claims(), claims()];
    const [end, spared, gone] = [jest.fn(), jest.fn(), jest.fn()];
    revocations.watch({ ...mine, iat: 0 }, end);
    revocations.watch({ ...other, iat: 0 }, spared);
    revocations.watch({ ...left, iat: 0 }, gone)();
    revoked.push(
      { key: endedSessionKey(mine.sid), digest: null, at: AT },
      { key: endedSessionKey(left.sid), digest: null, at: AT },
    );
    await sleep(2_500);
    expect([end, spared, gone].map((it) => it.mock.calls.length)).toEqual([1, 0, 0]);
  });
});

describe('what auth tells by way of Redis', () => {
  it('is read from a moment on, the oldest first, each key as it was told last', async () => {
    const { cache } = await world.start();
    const shared = new SharedRevocations(cache);
    expect(await shared.isEmpty()).toBe(true);
    await shared.tell([]);
    expect(await shared.isEmpty()).toBe(true);
    const now = Date.now();
    const told = [
      { key: 'session:a', digest: null, at: now },
      { key: 'holder:o:u', digest: 'x', at: now + 1 },
      { key: 'holder:o:u', digest: 'y', at: now + 2 },
      { key: 'holder:o:u', digest: 'x', at: now + 3 },
    ];
    await shared.tell(told);
    expect(await shared.since(0)).toEqual([told[0], told[2], told[3]]);
    expect(await shared.since(now + 3)).toEqual([told[3]]);
    expect(await shared.isEmpty()).toBe(false);
  });

  it('is forgotten when no token can be concerned', async () => {
    const { cache } = await world.start();
    const shared = new SharedRevocations(cache);
    await shared.tell([{ key: 'session:old', digest: null, at: 1 }]);
    expect(await shared.since(0)).toEqual([]);
  });
});
