import { describe, expect, it } from '@jest/globals';
import { latency, lineOf, rate } from './row';

describe('a row', () => {
  it('of a rate is the better the nearer it comes to its limit', () => {
    expect(rate({ name: 'a.b', value: 800, unit: '1/s', limit: 1_000 }).ratio).toBe(0.8);
  });

  it('of a latency is the better the further it stays below its limit', () => {
    expect(latency({ name: 'a.b', value: 30, unit: 'ms', limit: 60 }).ratio).toBe(2);
  });

  it('is one line, as words or as an object', () => {
    const row = rate({ name: 'a.b', value: 1_234.567, unit: '1/s', limit: 3_000 });
    expect(lineOf(row, false)).toBe('a.b 1235 1/s 3000 0.412');
    expect(JSON.parse(lineOf(row, true))).toEqual({
      name: 'a.b',
      value: 1_235,
      unit: '1/s',
      limit: 3_000,
      ratio: 0.412,
    });
  });
});
