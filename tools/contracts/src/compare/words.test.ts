import { expect, it } from '@jest/globals';
import { listed, spoken } from './words';

it('lists are spoken', () => {
  expect(['', 'a', 'a and b', 'a, b and c']).toEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(spoken));
});

it('long lists of values end in how many more there are', () => {
  expect(listed(['a', null, 1])).toBe('"a", null, 1');
  expect(listed([1, 2, 3, 4, 5, 6, 7, 8])).toBe('1, 2, 3, 4, 5, 6 and 2 more');
});
