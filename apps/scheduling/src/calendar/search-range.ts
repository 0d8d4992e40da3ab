import { FieldProblems } from '@orion/problem';
import { addDays, datesBetween, localDate } from './grid';

/** Days a search may span. */
export const MAX_DAYS = 31;

interface Window {
  earliestStart: number;
  latestStart: number;
  timezone: string;
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/**
 * The days to search, within the order's window: those asked for, or by default the window from today on, at most 31.
 * @throws FieldProblems for more than 31 days or a range that ends before it starts
 */
export function searchDates(
  { earliestStart, latestStart, timezone }: Window,
  asked: { from?: string | undefined; to?: string | undefined },
  now: number,
): string[] {
  const first = localDate(earliestStart, timezone);
  const last = localDate(latestStart, timezone);
  const from = asked.from ?? later(first, localDate(now, timezone));
  const to =
    asked.to ??
    (asked.from === undefined ? earlier(last, addDays(from, MAX_DAYS - 1)) : addDays(from, MAX_DAYS - 1));
  if (asked.from !== undefined && to < from) {
    throw new FieldProblems([{ field: 'query.to', reason: 'must not be before from' }]);
  }
  if (to >= addDays(from, MAX_DAYS)) {
    throw new FieldProblems([
      { field: 'query.to', reason: `must be at most ${String(MAX_DAYS)} days after from` },
    ]);
  }
  return datesBetween(later(from, first), earlier(to, last));
}
