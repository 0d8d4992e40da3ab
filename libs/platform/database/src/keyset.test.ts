import { describe, expect, it } from '@jest/globals';
import { FieldProblems } from '@orion/problem';
import { decodeCursor, encodeCursor } from './keyset';

describe('cursors', () => {
  it('give back what they were made of', () => {
    const values = ['2026-11-21T08:00:00.000Z', 42, 'ünïcode "quoted"'];
    expect(decodeCursor(encodeCursor(values), 3)).toEqual(values);
  });

  it('are absent on the first page', () => {
    expect(decodeCursor(undefined, 2)).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['noise', '%%%'],
    ['another number of values', encodeCursor(['a'])],
    ['an object', Buffer.from('{"length":2}').toString('base64url')],
    ['values of other types', Buffer.from('[null,{}]').toString('base64url')],
    ['text that is not JSON', Buffer.from('[1,').toString('base64url')],
  ])('are refused by name when they hold %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(FieldProblems);
    expect(() => decodeCursor(cursor, 2)).toThrow('query.cursor');
  });
});
