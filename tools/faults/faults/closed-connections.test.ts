import { describe, expect, it } from '@jest/globals';
import { median, roundsOf } from './closed-connections';

describe('rounds of closed connections', () => {
  it('are read from what the broker answers', () => {
    expect(roundsOf('[{consumers,9},\n {back,1034},{back,98}]')).toEqual({
      consumers: 9,
      backMs: [1034, 98],
    });
  });

  it('are refused where the broker answered something else', () => {
    expect(() => roundsOf('Error: {undef,[]}')).toThrow('the broker answered Error');
  });
});

describe('the median', () => {
  it('is the middle figure, whatever the order', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([10, 9, 2, 1])).toBe(2);
    expect(median([])).toBeNaN();
  });
});
