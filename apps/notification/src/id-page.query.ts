import { Id, type Page } from '@orion/contracts';
import { decodeCursor, encodeCursor } from '@orion/database';
import { FieldProblems } from '@orion/problem';

/** Ids are UUIDv7, so "newest first" is the order of ids, backwards. */
export const NEWEST_FIRST = { id: 'desc' } as const;

/**
 * Condition on `id` that begins a page after the cursor.
 * @throws FieldProblems for a cursor this list did not hand out
 */
export function afterCursor(cursor: string | undefined): { id?: { lt: string } } {
  const values = decodeCursor(cursor, 1);
  if (!values) return {};
  const id = Id.safeParse(values[0]);
  if (!id.success)
    throw new FieldProblems([{ field: 'query.cursor', reason: 'is not a cursor of this list' }]);
  return { id: { lt: id.data } };
}

/** A page of `limit` from up to `limit + 1` rows read. */
export function pageOf<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  shown: (row: Row) => Item,
): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(shown), nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
}
