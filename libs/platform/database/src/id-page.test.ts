import { describe, expect, it } from '@jest/globals';
import { FieldProblems } from '@orion/problem';
import { byId, idPage, pageOf } from './id-page';
import { encodeCursor } from './keyset';

const ID = '019a0000-0000-7000-8000-0123456789ab';
const rows = [{ id: 'c' }, { id: 'b' }, { id: 'a' }];

describe('a page of rows, newest first', () => {
  it('is read with one row more than shown', () => {
    expect(idPage({ limit: 2 })).toEqual({ take: 3, before: undefined });
    expect(idPage({ limit: 2, cursor: encodeCursor([ID]) })).toEqual({ take: 3, before: ID });
  });

  it('has a cursor while there is more', () => {
    const shown = pageOf(rows, { limit: 2 }, byId, (row) => row.id);
    expect(shown).toEqual({ items: ['c', 'b'], nextCursor: encodeCursor(['b']) });
    expect(pageOf(rows, { limit: 3 }, byId, (row) => row.id).nextCursor).toBeNull();
  });

  it.each([encodeCursor(['x']), encodeCursor([7]), 'noise'])('does not begin at %s', (cursor) => {
    expect(() => idPage({ limit: 2, cursor })).toThrow(FieldProblems);
  });
});
