import { describe, expect, it } from '@jest/globals';
import { delayAfter, tellsCaller } from './sign-in-delay';

describe('delayAfter', () => {
  const tolerance = { free: 3, longest: 60 };

  it('costs nothing at first, then doubles, and never grows beyond its limit', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10_000].map((it) => delayAfter(it, tolerance))).toEqual([
      0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60,
    ]);
  });
});

describe('tellsCaller', () => {
  it.each([
    ['203.0.113.7', true],
    ['2001:db8::1', true],
    ['127.0.0.1', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
  ])('of %s is %s', (address, told) => expect(tellsCaller(address)).toBe(told));
});
