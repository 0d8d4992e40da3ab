import { describe, expect, it } from '@jest/globals';
import { parseEntry, renewEarly } from './entry';

describe('renewEarly', () => {
  const entry = { value: 'x', cost: 100, freshUntil: 10_000 };

  it('is certain at the end', () => {
    expect(renewEarly(entry, 10_000, 1)).toBe(true);
  });

  it('is rare long before the end and likely close to it', () => {
    expect(renewEarly(entry, 9_000, 0.5)).toBe(false);
    expect(renewEarly(entry, 9_950, 0.5)).toBe(true);
    expect(renewEarly(entry, 9_950, 0.9)).toBe(false);
  });

  it('comes earlier the dearer the load is', () => {
    expect(renewEarly({ ...entry, cost: 5_000 }, 9_000, 0.5)).toBe(true);
  });
});

describe('parseEntry', () => {
  it('reads entries and nothing else', () => {
    const entry = { value: null, cost: 1, freshUntil: 2 };
    expect(parseEntry(JSON.stringify(entry))).toEqual(entry);
    for (const text of [null, '', 'null', '1', '{}', '{"value":1}', '{nonsense'])
      expect(parseEntry(text)).toBeUndefined();
  });
});
