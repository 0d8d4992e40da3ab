import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { HashingThreads } from './hashing.threads';

let threads = new HashingThreads();
afterEach(async () => {
  await threads.close();
  threads = new HashingThreads();
});

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
const hash = (password: string) => threads.run({ do: 'hash', password, options: OPTIONS });

/** The `nice` of every thread of this process; it is the 19th field, the second holds the name in brackets. */
const priorities = (): number[] =>
  readdirSync('/proc/self/task').map((id) => {
    const fields = readFileSync(`/proc/self/task/${id}/stat`, 'utf8').split(') ')[1]?.split(' ');
    return Number(fields?.[16]);
  });

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
    it('stand behind all other threads of the process', async () => {
      const own = Math.max(...priorities());
      await hash('x');
      expect(priorities().filter((it) => it > own)).toEqual([Math.min(19, own + 5)]);
      await threads.close();
      expect(Math.max(...priorities())).toBe(own);
    });
});
