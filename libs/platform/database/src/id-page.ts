import { decodeCursor, encodeCursor } from './keyset';
import { FieldProblems } from '@orion/problem';
import { validate } from 'uuid';

export interface PageInput {
  limit: number;
  cursor?: string | undefined;
}

/** Ids are UUIDv7, so descending ids are newest first and the last id is the whole cursor. */
export function idPage({ limit, cursor }: PageInput): { take: number; before: string | undefined } {
  const [before] = decodeCursor(cursor, 1) ?? [];
  return { take: limit + 1, before: before === undefined ? undefined : uuidOfCursor(before) };
}

export function uuidOfCursor(value: string | number): string {
  if (typeof value === 'string' && validate(value)) return value;
  throw new FieldProblems([{ field: 'query.cursor', reason: 'is not a cursor of this list' }]);
}

/** Cuts rows that were read with one more than `limit`; the further one only tells that there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit }: PageInput,
  cursorOf: (last: Row) => (string | number)[],
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}

export const byId = (row: { id: string }): string[] => [row.id];
