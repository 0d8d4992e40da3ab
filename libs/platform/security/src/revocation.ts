import { TOKEN_LEEWAY_S, TOKEN_LIFE_S, type TokenClaims } from './token-claims';

/** What makes access tokens worthless before their end. */
export interface Revocation {
  /** Of `endedSessionKey` or `holderKey`. */
  key: string;
  /**
   * Of a holder: the permissions that hold now; a token with others is refused and is to be exchanged. Null for a holder
   * who holds none any more, and of a session.
   */
  digest: string | null;
  /** When it was written, in milliseconds since 1970, by the clock of auth's database. */
  at: number;
}

/** Clocks of machines that issue tokens, keep revocations and verify differ by less. */
const CLOCKS_MS = 60_000;

/** Milliseconds after which no token can be alive that a revocation concerns. */
export const REVOCATION_LIFE_MS = (TOKEN_LIFE_S + TOKEN_LEEWAY_S) * 1000 + CLOCKS_MS;

export const endedSessionKey = (sessionId: string): string => `session:${sessionId}`;

export const holderKey = (organizationId: string, userId: string): string =>
  `holder:${organizationId}:${userId}`;

/** What of a token's claims decides whether it still counts. */
export type RevocableClaims = Pick<TokenClaims, 'sub' | 'org' | 'sid' | 'prm' | 'own' | 'act' | 'iat'>;

interface Held extends Pick<Revocation, 'digest' | 'at'> {
  /** In milliseconds of `performance.now()`. */
  until: number;
}

/** The revocations a process has heard of; times are milliseconds of `performance.now()`. */
export class RevocationList {
  private readonly held = new Map<string, Held>();

  /** What is told later counts. */
  add({ key, digest, at }: Revocation, now: number): void {
    this.held.delete(key);
    this.held.set(key, { digest, at, until: now + REVOCATION_LIFE_MS });
  }

  /** Forgets what concerns no living token any more. */
  prune(now: number): void {
    for (const [key, { until }] of this.held) {
      if (until > now) return;
      this.held.delete(key);
    }
  }

  /**
   * A token that was issued a good while after what its bearer holds had changed was issued for what they hold now, also
   * where its permissions are others by then: a new version of the platform may have roles grant something else. What
   * somebody acts with for somebody else is neither's own permissions: its session ends when those change.
   */
  covers({ sub, org, sid, prm, own, act, iat }: RevocableClaims): boolean {
    if (this.held.size === 0) return false;
    if (this.held.has(endedSessionKey(sid))) return true;
    if (act) return false;
    const holder = this.held.get(holderKey(org, sub));
    if (!holder || iat * 1000 >= holder.at + CLOCKS_MS) return false;
    return holder.digest !== (own ?? prm);
  }
}
