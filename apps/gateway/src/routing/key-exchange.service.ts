import { Injectable } from '@nestjs/common';
import { exchangeApiKey } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { type Bearer, Lru, type PresentedKey, readBearer, Revocations, TokenVerifier } from '@orion/security';

const REMEMBERED_KEYS = 10_000;
/** Asking again tells auth that the key is in use, and the gateway what no revocation tells. */
const FRESH_MS = 60_000;
/** A key nobody knows now can only become known by being created with this very secret. */
const REFUSED_MS = 5_000;
/** How long a token is used on while auth does not answer, before auth is asked again. */
const PATIENCE_MS = 10_000;
const DEADLINE_MS = 2_000;

/** Stands for the organization of a key that is malformed, so that it takes the same way as any other. */
const NO_ORGANIZATION = '00000000-0000-0000-0000-000000000000';

export interface ExchangedKey {
  apiKeyId: string;
  /** The access token it stands for now. */
  bearer: Bearer;
}

interface Held {
  /** Null for a key that counts for nothing. */
  issued: ExchangedKey | null;
  /** Milliseconds of `performance.now()`. */
  freshUntil: number;
}

/**
 * Exchanges API keys at auth for access tokens, which are kept in memory by the key's hash and asked for anew each minute, as
 * soon as one is revoked, and when it ends. While auth is away a token goes on until its end.
 */
@Injectable()
export class KeyExchange {
  private readonly held = new Lru<Held>(REMEMBERED_KEYS);
  private readonly running = new Map<string, Promise<ExchangedKey | null>>();

  constructor(
    private readonly questions: Questions,
    private readonly tokens: TokenVerifier,
    private readonly revocations: Revocations,
  ) {}

  /** What is known without asking; null for a key that counts for nothing, undefined where auth has to be asked. */
  async known({ hash }: PresentedKey): Promise<ExchangedKey | null | undefined> {
    const held = this.held.get(hash);
    if (!held || held.freshUntil <= performance.now()) return undefined;
    return held.issued === null || (await this.counts(held.issued)) ? held.issued : undefined;
  }

  /**
   * Null for a key that counts for nothing, whatever the reason.
   * @throws BusinessRuleException UPSTREAM_UNAVAILABLE
   */
  find(presented: PresentedKey): Promise<ExchangedKey | null> {
    const { hash } = presented;
    const running = this.running.get(hash) ?? this.load(presented).finally(() => this.running.delete(hash));
    this.running.set(hash, running);
    return running;
  }

  private async load(presented: PresentedKey): Promise<ExchangedKey | null> {
    const { hash } = presented;
    try {
      const issued = await this.ask(presented);
      this.keep(hash, issued, issued ? FRESH_MS : REFUSED_MS);
      return issued;
    } catch (error) {
      const before = this.held.get(hash)?.issued;
      if (!before || !(await this.counts(before))) throw error;
      this.keep(hash, before, PATIENCE_MS);
      return before;
    }
  }

  private async ask({ hash, organizationId = NO_ORGANIZATION }: PresentedKey): Promise<ExchangedKey | null> {
    const ask = { organizationId, hash };
    const { issued } = await this.questions.ask(exchangeApiKey, ask, { timeoutMs: DEADLINE_MS });
    const bearer = issued && readBearer(`Bearer ${issued.accessToken}`);
    return bearer ? { apiKeyId: issued.apiKeyId, bearer } : null;
  }

  private keep(hash: string, issued: ExchangedKey | null, forMs: number): void {
    this.held.set(hash, { issued, freshUntil: performance.now() + forMs });
  }

  private async counts({ bearer }: ExchangedKey): Promise<boolean> {
    try {
      return !this.revocations.covers(await this.tokens.verify(bearer));
    } catch {
      return false;
    }
  }
}
