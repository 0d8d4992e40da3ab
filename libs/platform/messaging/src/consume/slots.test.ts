import { expect, it } from '@jest/globals';
import { Slots } from './slots';

it('no more run than there are slots, and a failure gives its slot back', async () => {
  const slots = new Slots(2);
  let running = 0;
  let most = 0;
  const work = async (n: number) => {
    most = Math.max(most, ++running);
    await new Promise((later) => setTimeout(later, 2));
    running--;
    if (n % 3 === 0) throw new Error('fails');
    return n;
  };
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map((n) => slots.use(() => work(n))));
  expect(most).toBe(2);
  expect(results.filter((it) => it.status === 'fulfilled').map((it) => it.value)).toEqual([1, 2, 4, 5, 7]);
});
