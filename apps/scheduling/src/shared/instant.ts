import { FieldProblems } from '@orion/problem';

const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(2200, 0, 1);

/**
 * A timestamp of a request in milliseconds since 1970.
 * @throws FieldProblems outside 1970 … 2199
 */
export function instant(text: string, field: string): number {
  const value = Date.parse(text);
  if (!(value >= FIRST && value < LAST)) {
    throw new FieldProblems([{ field, reason: 'must lie in the years 1970 to 2199' }]);
  }
  return value;
}

export const dateOf = (text: string, field: string): Date => new Date(instant(text, field));

/** The same for a value that may be left out. */
export const optionalDate = (text: string | undefined, field: string): Date | undefined =>
  text === undefined ? undefined : dateOf(text, field);
