import { describe, expect, it } from '@jest/globals';
import { ATTEMPTS, nextAttemptIn, retryAfterSeconds } from './retry-schedule';

const NOW = new Date('2026-11-21T10:00:00Z');

describe('nextAttemptIn', () => {
  it('follows +30, +60, +120, +300, +900 s and ends after six attempts', () => {
    expect(ATTEMPTS).toBe(6);
    expect([1, 2, 3, 4, 5, 6].map((failures) => nextAttemptIn(failures, undefined, 0.5))).toEqual([
      30,
      60,
      120,
      300,
      900,
      undefined,
    ]);
  });

  it('spreads by ±20 %', () => {
    expect([nextAttemptIn(5, undefined, 0), nextAttemptIn(5, undefined, 1)]).toEqual([720, 1_080]);
  });

  it('waits as long as the receiver asked, but tries no more often', () => {
    expect(nextAttemptIn(1, 7, 0.5)).toBe(7);
    expect(nextAttemptIn(6, 7, 0.5)).toBeUndefined();
  });
});

describe('retryAfterSeconds', () => {
  it.each([
    ['120', 120],
    ['0', 1],
    ['999999999', 3_600],
    ['Sat, 21 Nov 2026 10:01:30 GMT', 90],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 1],
    ['Sat, 28 Nov 2026 10:00:00 GMT', 3_600],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026-11-21', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s → %s', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });
});
