import { describe, expect, it } from '@jest/globals';
import { isDue, publishedSince, SIGNS_MS } from './rotation';

const created = new Date('2026-01-01T00:00:00Z');

describe('rotation', () => {
  it('is due when the key has signed for its time', () => {
    expect(isDue(created, new Date(created.getTime() + SIGNS_MS - 1))).toBe(false);
    expect(isDue(created, new Date(created.getTime() + SIGNS_MS))).toBe(true);
  });

  it('publishes retired keys for another day', () => {
    expect(publishedSince(new Date('2026-01-02T00:00:00Z'))).toEqual(created);
  });
});
