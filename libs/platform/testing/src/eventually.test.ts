import { expect, it } from '@jest/globals';
import { eventually } from './eventually';

it('waits for an assertion to hold', async () => {
  let tries = 0;
  expect(await eventually(() => (++tries < 3 ? Promise.reject(new Error('not yet')) : tries))).toBe(3);
});

it('throws what the assertion threw last once the time is over', async () => {
  let tries = 0;
  const never = () => {
    throw new Error(`try ${++tries}`);
  };
  await expect(eventually(never, { timeoutMs: 30 })).rejects.toThrow(/^try \d+$/);
  expect(tries).toBeGreaterThan(1);
});
