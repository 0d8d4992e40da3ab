/** Seconds from a failed attempt to the next one: the first attempt and five retries (spec W4). */
export const RETRY_SECONDS = [30, 60, 120, 300, 900] as const;

/** Attempts of one round in all. */
export const ATTEMPTS = RETRY_SECONDS.length + 1;

const SHORTEST = 1;
const LONGEST = 3_600;
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Seconds a `Retry-After` header asks for (RFC 9110 section 10.2.3), between 1 and 3,600; undefined where there is
 * none or it cannot be read.
 */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  const value = header?.trim() ?? '';
  const seconds = /^\d{1,9}$/.test(value)
    ? Number(value)
    : HTTP_DATE.test(value)
      ? (Date.parse(value) - now.getTime()) / 1_000
      : Number.NaN;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, SHORTEST), LONGEST);
}

/**
 * Seconds until the next attempt; undefined where the round has none left.
 * @param failures failed attempts in this round, from 1
 * @param asked what the receiver asked for, in seconds
 * @param chance 0 … 1, spreads the schedule by ±20 %
 */
export function nextAttemptIn(
  failures: number,
  asked: number | undefined,
  chance: number,
): number | undefined {
  const base = RETRY_SECONDS[failures - 1];
  if (base === undefined) return undefined;
  return asked ?? Math.round(base * (0.8 + 0.4 * chance));
}
