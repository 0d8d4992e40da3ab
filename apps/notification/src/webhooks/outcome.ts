import { nextAttemptIn, retryAfterSeconds } from './retry-schedule';

/** What came of one attempt. */
export type Attempt =
  | { kind: 'answered'; status: number; retryAfter?: string }
  /** No usable answer: refused, reset, too slow, bad TLS … */
  | { kind: 'broken'; error: string }
  /** The address may not be called; nothing was sent. */
  | { kind: 'forbidden'; error: string };

export type Verdict =
  | { state: 'DELIVERED' }
  | { state: 'PENDING'; delaySeconds: number; error: string }
  | { state: 'FAILED'; error: string; disable?: string };

const MAY_ASK_TO_WAIT = new Set([429, 502, 503, 504]);

/** The error an attempt is remembered by; null where it was delivered. */
export function errorOf(attempt: Attempt): string | null {
  if (attempt.kind !== 'answered') return attempt.error;
  if (attempt.status >= 200 && attempt.status < 300) return null;
  if (attempt.status >= 300 && attempt.status < 400)
    return `HTTP ${attempt.status}: redirects are not followed`;
  return `HTTP ${attempt.status}`;
}

export interface Moment {
  /** Failed attempts in this round, this one included. */
  failures: number;
  now: Date;
  /** 0 … 1 */
  chance: number;
}

/** What becomes of a delivery after an attempt. */
export function verdict(attempt: Attempt, { failures, now, chance }: Moment): Verdict {
  const error = errorOf(attempt);
  if (error === null) return { state: 'DELIVERED' };
  if (attempt.kind === 'forbidden') return { state: 'FAILED', error };
  const status = attempt.kind === 'answered' ? attempt.status : 0;
  if (status >= 300 && status < 400) return { state: 'FAILED', error };
  if (status === 410) return { state: 'FAILED', error, disable: 'The receiver answered 410 Gone' };
  const asked =
    attempt.kind === 'answered' && MAY_ASK_TO_WAIT.has(status)
      ? retryAfterSeconds(attempt.retryAfter, now)
      : undefined;
  const delaySeconds = nextAttemptIn(failures, asked, chance);
  return delaySeconds === undefined ? { state: 'FAILED', error } : { state: 'PENDING', delaySeconds, error };
}
