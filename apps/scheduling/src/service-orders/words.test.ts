import { describe, expect, it } from '@jest/globals';
import { orderNumber } from './order-number';
import { searchWords } from './search-words';

describe('words of a search', () => {
  it('are letters and digits, small, at most eight', () => {
    expect(searchWords("SO-000123 O'Brien  Éclair & (x | !y):*")).toEqual([
      'so',
      '000123',
      'o',
      'brien',
      'éclair',
      'x',
      'y',
    ]);
    expect(searchWords('1 2 3 4 5 6 7 8 9 10')).toHaveLength(8);
    expect(searchWords('--- \\ %')).toEqual([]);
  });
});

describe('order numbers', () => {
  it('have six digits or more', () => {
    expect([1, 999_999, 1_000_000].map(orderNumber)).toEqual(['SO-000001', 'SO-999999', 'SO-1000000']);
  });
});
