import { expect, it } from '@jest/globals';
import { median, order } from './rounds';

it('takes the middle value, whatever order they come in', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

it('lets each go first in turn', () => {
  expect([order(0), order(1), order(2)]).toEqual([
    ['ours', 'bare'],
    ['bare', 'ours'],
    ['ours', 'bare'],
  ]);
});
