import { expect, it } from '@jest/globals';
import { isPassing, pauseMs } from './retry';

it('tries again what may pass', () => {
  expect([429, 412, 500, 502, 503].map(isPassing)).not.toContain(false);
  expect([200, 204, 307, 400, 403, 404].map(isPassing)).not.toContain(true);
});

it('waits twice as long each time, with up to half of it by chance', () => {
  expect([2, 3, 4, 5].map((next) => pauseMs(next, 0))).toEqual([250, 500, 1_000, 2_000]);
  expect(pauseMs(5, 1)).toBe(3_000);
});

it('waits as long as it is asked to, within reason', () => {
  expect(pauseMs(2, 0, 3_000)).toBe(3_000);
  expect(pauseMs(2, 0, 3_600_000)).toBe(8_000);
});
