import { describe, expect, it } from '@jest/globals';
import { delays, middle, peaks, percentile, perSecond } from './figures';

describe('figures', () => {
  it('take the nearest rank as a percentile', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([0.5, 0.99, 1].map((part) => percentile(hundred, part))).toEqual([50, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('show the item in the middle, of two the worse one', () => {
    const figure = (it: number) => it;
    expect(middle([9, 1, 5], figure)).toBe(5);
    expect(middle([4, 2], figure)).toBe(2);
    expect(() => middle([], figure)).toThrow('nothing was measured');
  });

  it('count per second', () => {
    expect(perSecond(500, { startedAt: 1_000, endedAt: 1_250 })).toBe(2_000);
  });

  it('tell the peak before the middle of the work from the one after it', () => {
    const memory = [5, 20, 30, 60, 90, 200].map((at) => ({ at, bytes: at * 2 ** 20 }));
    const passed = { startedAt: 10, endedAt: 100, at: [], disorder: 0, memory };
    expect(peaks(passed)).toEqual({ early: 30, late: 90 });
  });

  it('need both stamps of an event', () => {
    const from: [string, number][] = [
      ['a', 1],
      ['b', 2],
    ];
    expect(
      delays(from, [
        ['b', 12],
        ['a', 4],
      ]),
    ).toEqual([3, 10]);
    expect(() => delays(from, [['a', 4]])).toThrow('event b took no effect');
  });
});
