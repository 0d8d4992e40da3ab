import { describe, expect, it } from '@jest/globals';
import { growth, highest, inMib, memoryOf, MIB, whileWatching } from './memory';

describe('the memory of a process', () => {
  it('is seen by name, and not that of a process that has ended', async () => {
    const { me, gone } = await memoryOf({ me: process.pid, gone: 2 ** 22 + 1, none: undefined });
    expect(me).toBeGreaterThan(10 * MIB);
    expect(gone).toBeUndefined();
  });

  it('is looked at while work is done, also where the work fails', async () => {
    let looks = 0;
    const read = () => Promise.resolve({ it: ++looks });
    const work = () => new Promise<string>((done) => setTimeout(() => done('done'), 50));
    const { result, seen } = await whileWatching(read, work, 1);
    expect(result).toBe('done');
    expect(seen['it']?.slice(0, 3)).toEqual([1, 2, 3]);
    await expect(whileWatching(read, () => Promise.reject(new Error('no')), 1)).rejects.toThrow('no');
    const after = looks;
    await new Promise((later) => setTimeout(later, 20));
    expect(looks).toBe(after);
  });
});

describe('growth', () => {
  it('is none where a warm program holds what it holds, whatever it took to warm up', () => {
    expect(growth([1, 80, 100, 101, 99, 101, 101, 100].map((it) => it * MIB))).toBe(0);
  });

  it('is seen where each look shows more', () => {
    expect(inMib(growth([100, 110, 120, 130, 140, 150, 160, 170].map((it) => it * MIB)))).toBe(40);
  });

  it('is judged by the middle of what was seen, not by one peak', () => {
    expect(growth([1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 1])).toBe(0);
    expect(highest([1, 9, 1])).toBe(9);
  });
});
