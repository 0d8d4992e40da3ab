import { describe, expect, it } from '@jest/globals';
import { isConcurrencyFailure, withRetries } from './retry';

const wrapped = (originalCode: string) =>
  Object.assign(new Error('wrapped'), {
    code: 'P2010',
    meta: { driverAdapterError: { cause: { originalCode } } },
  });
const conflict = () => Object.assign(new Error('conflict'), { code: 'P2034' });

describe('retries', () => {
  it.each([
    [wrapped('40001'), true],
    [wrapped('40P01'), true],
    [conflict(), true],
    [wrapped('23505'), false],
    [new Error('anything'), false],
  ])('know a lost race from other errors: %p', (error, expected) => {
    expect(isConcurrencyFailure(error)).toBe(expected);
  });

  it('repeat a lost race until it is won', async () => {
    let tries = 0;
    const result = await withRetries(
      () => (++tries < 3 ? Promise.reject(conflict()) : Promise.resolve('won')),
      () => undefined,
    );
    expect([result, tries]).toEqual(['won', 3]);
  });

  it('give up after three repeats', async () => {
    let tries = 0;
    const lose = () => Promise.reject(Object.assign(conflict(), { try: ++tries }));
    await expect(withRetries(lose, () => undefined)).rejects.toThrow('conflict');
    expect(tries).toBe(4);
  });

  it('never repeat other errors', async () => {
    let tries = 0;
    const fail = () => Promise.reject(Object.assign(new Error('other'), { try: ++tries }));
    await expect(withRetries(fail, () => undefined)).rejects.toThrow('other');
    expect(tries).toBe(1);
  });
});
