import { describe, expect, it } from '@jest/globals';
import { v7 as uuid, validate } from 'uuid';
import { idWindow } from './id-window';

describe('the ids of a time', () => {
  const [since, until] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-01T00:00:01.000Z')];
  const { after, upTo } = idWindow(since, until);
  const isIn = (msecs: number): boolean => {
    const id = uuid({ msecs });
    return id > after && id <= upTo;
  };

  it('are those made in it, its first and its last millisecond included', () => {
    expect([since.getTime(), since.getTime() + 500, until.getTime()].map(isIn)).toEqual([true, true, true]);
    expect([since.getTime() - 1, until.getTime() + 1].map(isIn)).toEqual([false, false]);
  });

  it('are bounded by what the database takes for ids', () => {
    const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    expect(after).toMatch(shape);
    expect(upTo).toMatch(shape);
    expect(validate(uuid())).toBe(true);
    expect(idWindow(new Date(0), new Date(-5)).after).toBe('00000000-0000-0000-0000-000000000000');
  });
});
