import { Inject, Injectable } from '@nestjs/common';
import { API_PREFIX, jwks } from '@orion/contracts';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { AUTH_URL, type KeySource, type PublicJwk } from './sources';

const TIMEOUT_MS = 2_000;
const FRESH_MS = 5 * 60_000;
const BETWEEN_FETCHES_MS = 10_000;
const BETWEEN_FAILURES_MS = 1_000;

/**
 * Keys from auth's key set: fetched when first needed and every five minutes, sooner for an unknown id but at most
 * every ten seconds; while auth is down the keys it last gave keep working.
 */
@Injectable()
export class JwksKeySource implements KeySource {
  private keys: ReadonlyMap<string, PublicJwk> | undefined;
  private fetchedAt = -Infinity;
  private failedAt = -Infinity;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(AUTH_URL) private readonly authUrl: string,
    private readonly log: Log,
  ) {}

  async find(kid: string): Promise<PublicJwk | null> {
    const known = this.keys?.get(kid);
    if (known) {
      if (this.mayFetch(FRESH_MS)) void this.fetch();
      return known;
    }
    if (this.running || this.mayFetch(BETWEEN_FETCHES_MS)) await this.fetch();
    if (!this.keys)
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'Sign-in keys cannot be read now');
    return this.keys.get(kid) ?? null;
  }

  private mayFetch(age: number): boolean {
    const now = performance.now();
    return now - this.fetchedAt >= age && now - this.failedAt >= BETWEEN_FAILURES_MS;
  }

  private fetch(): Promise<void> {
    this.running ??= this.load().finally(() => (this.running = undefined));
    return this.running;
  }

  private async load(): Promise<void> {
    try {
      const response = await fetch(new URL(API_PREFIX + jwks.path, this.authUrl), {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json' },
      });
      if (!response.ok) throw new Error(`the key set answered ${response.status}`);
      const { keys } = jwks.reply.parse(await response.json());
      this.keys = new Map(keys.map((key) => [key.kid, key]));
      this.fetchedAt = performance.now();
    } catch (error) {
      this.failedAt = performance.now();
      this.log.warn('token_keys_unavailable', { error });
    }
  }
}
