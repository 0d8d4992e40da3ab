import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { HashingThreads } from './hashing.threads';

let threads = new HashingThreads();
afterEach(async () => {
  await threads.close();
  threads = new HashingThreads();
});

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
const hash = (password: string) => threads.run({ do: 'hash', password, options: OPTIONS });

/** How many threads of this process stand ten steps of `nice` behind it. */
const standingBehind = (): number =>
  readdirSync('/proc/self/task').filter((id) => getPriority(Number(id)) === Math.min(19, getPriority() + 10))
    .length;

describe('hashing threads', () => {
  it('do several tasks at once and one after the other', async () => {
    const [first, second] = await Promise.all([hash('one'), hash('two')]);
    expect(first).not.toBe(second);
    expect(await threads.run({ do: 'verify', stored: String(first), password: 'one' })).toBe(true);
    expect(await threads.run({ do: 'verify', stored: String(first), password: 'two' })).toBe(false);
  });

  it('tell what argon2 refuses, and go on', async () => {
    await expect(threads.run({ do: 'verify', stored: 'no hash', password: 'x' })).rejects.toThrow();
    expect(await hash('x')).toMatch(/^\$argon2id\$/);
  });

  it('fail what they have not finished when they are closed, and start again for the next', async () => {
    const outcome = Promise.allSettled([hash('x')]);
    await threads.close();
    const [{ status }] = (await outcome) as [PromiseSettledResult<unknown>];
    expect(status).toBe('rejected');
    expect(await hash('x')).toMatch(/^\$argon2id\$/);
  });

  if (process.platform === 'linux')
    it('stand behind the rest of the process, until they are closed', async () => {
      const before = standingBehind();
      await Promise.all([hash('x'), hash('y')]);
      expect(standingBehind()).toBe(before + 2);
      await threads.close();
      expect(standingBehind()).toBe(before);
    });
});
