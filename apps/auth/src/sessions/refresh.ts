const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * How long a session lasts: `LASTING` for devices that are to remember it, `BRIEF` for those that are not,
 * `IMPERSONATION` while somebody acts for its user.
 */
export type Life = 'LASTING' | 'BRIEF' | 'IMPERSONATION';

export interface Limits {
  /** Longest life of a session in milliseconds, however often it is refreshed. */
  wholeMs: number;
  /** A session unused for this many milliseconds ends. */
  idleMs: number;
}

export const LIVES: Readonly<Record<Life, Limits>> = {
  LASTING: { wholeMs: 90 * DAY, idleMs: 30 * DAY },
  BRIEF: { wholeMs: 7 * DAY, idleMs: 12 * HOUR },
  IMPERSONATION: { wholeMs: HOUR, idleMs: HOUR },
};

/** A client that lost the answer may ask for it again this long. */
export const GRACE_MS = 10_000;

export interface Presented {
  /** 1 for the token of the sign-in, one more with each rotation. */
  generation: number;
  expiresAt: Date;
}

export interface Family {
  /** Of the newest token. */
  generation: number;
  rotatedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

/**
 * `rotate`: the newest token, give it a successor. `repeat`: the one before it, whose successor was never used:
 * give the same successor. `reuse`: a token somebody used before, so two hold it: end the family.
 */
export type Decision = 'rotate' | 'repeat' | 'reuse' | 'reject';

/** What to do with a refresh token of a family. The newest token of a family is always an unused one. */
export function decideRefresh(token: Presented, family: Family, now: Date): Decision {
  if (family.endedAt || family.expiresAt <= now) return 'reject';
  if (token.generation === family.generation) return token.expiresAt <= now ? 'reject' : 'rotate';
  const isPreceding = token.generation === family.generation - 1;
  const inGrace = now.getTime() - family.rotatedAt.getTime() < GRACE_MS;
  return isPreceding && inGrace ? 'repeat' : 'reuse';
}

/** When a token issued now ends: after the idle time, at the latest with its session. */
export const tokenEnd = (now: Date, sessionEnd: Date, life: Life): Date =>
  new Date(Math.min(now.getTime() + LIVES[life].idleMs, sessionEnd.getTime()));

/** Seconds an access token lives that must not outlive its session. @param most in seconds */
export const tokenSeconds = (now: Date, sessionEnd: Date, most: number): number =>
  Math.max(1, Math.min(most, Math.floor((sessionEnd.getTime() - now.getTime()) / 1000)));
