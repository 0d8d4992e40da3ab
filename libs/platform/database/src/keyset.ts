import { FieldProblems } from '@orion/problem';

type Value = string | number;

/** The last row's sort values as an opaque cursor. */
export const encodeCursor = (values: Value[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

const isValue = (it: unknown): it is Value =>
  typeof it === 'string' || (typeof it === 'number' && Number.isFinite(it));

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The `n` values a cursor carries; undefined without a cursor (the first page).
 * @throws FieldProblems for anything `encodeCursor` did not write
 */
export function decodeCursor(cursor: string, n: number): Value[];
export function decodeCursor(cursor: string | undefined, n: number): Value[] | undefined;
export function decodeCursor(cursor: string | undefined, n: number): Value[] | undefined {
  if (cursor === undefined) return undefined;
  const values = parsed(cursor);
  if (!Array.isArray(values) || values.length !== n || !values.every(isValue)) {
    throw new FieldProblems([{ field: 'query.cursor', reason: 'is not a cursor of this list' }]);
  }
  return values;
}
