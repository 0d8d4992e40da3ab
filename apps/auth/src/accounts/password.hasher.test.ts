import { afterAll, describe, expect, it } from '@jest/globals';
import { PasswordHasher } from './password.hasher';

const hasher = new PasswordHasher({ PASSWORD_CONCURRENCY: 2, PASSWORD_QUEUE: 4 });
afterAll(() => hasher.onApplicationShutdown());

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

describe('PasswordHasher', () => {
  it('hashes with argon2id, 19 MiB, two passes, one lane', async () => {
    expect(await hasher.hash('correct horse battery')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('verifies the right password only', async () => {
    const stored = await hasher.hash('correct horse battery');
    expect(await hasher.verify(stored, 'correct horse battery')).toBe(true);
    expect(await hasher.verify(stored, 'correct horse batterz')).toBe(false);
  });

  it('answers an unknown account with no, after the time a known one takes', async () => {
    const stored = await hasher.hash('correct horse battery');
    expect(await hasher.verify(undefined, 'anything')).toBe(false);
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 9; round += 1) {
      times.known.push(await timed(() => hasher.verify(stored, 'wrong')));
      times.unknown.push(await timed(() => hasher.verify(undefined, 'wrong')));
    }
    const [known, unknown] = [median(times.known), median(times.unknown)];
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('answers BUSY with a time to come back when too many wait', async () => {
    const small = new PasswordHasher({ PASSWORD_CONCURRENCY: 1, PASSWORD_QUEUE: 1 });
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => small.verify(undefined, 'x')));
    const refused = results.filter((it) => it.status === 'rejected').map((it) => it.reason);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ code: 'BUSY', extensions: { retryAfterSeconds: 2 } });
    await small.onApplicationShutdown();
  });
});
