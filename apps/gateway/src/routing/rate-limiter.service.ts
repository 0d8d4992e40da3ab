import { Inject, Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import { Log } from '@orion/logger';
import { CONFIG } from '@orion/service';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { GatewayConfig } from '../gateway.config';
import { addressKey, type Counted, refusedTokens, WINDOW_SECONDS } from './rate-limit';
import { countedOf, SharedLimit } from './shared-limit.redis';

/**
 * People and API keys have limits apart, so that a program that calls too often keeps nobody from working. Refused tokens
 * are counted here alone: what they guard is this process.
 */
@Injectable()
export class RateLimiter {
  private readonly clients: SharedLimit;
  private readonly keys: SharedLimit;
  private readonly refused: RateLimiterMemory;
  private readonly limit: number;

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'RATE_LIMIT_PER_MINUTE' | 'KEY_RATE_LIMIT_PER_MINUTE'>,
    cache: Cache,
    log: Log,
  ) {
    this.limit = config.RATE_LIMIT_PER_MINUTE;
    this.clients = new SharedLimit(this.limit, cache, log);
    this.keys = new SharedLimit(config.KEY_RATE_LIMIT_PER_MINUTE, cache, log);
    this.refused = new RateLimiterMemory({ points: refusedTokens(this.limit), duration: WINDOW_SECONDS });
  }

  /** @param key of `rateLimitKey` */
  count(key: string): Promise<Counted> {
    return this.clients.count(key);
  }

  /** All secrets of a key together. */
  countKey(apiKeyId: string): Promise<Counted> {
    return this.keys.count(`api-key:${apiKeyId}`);
  }

  /** The state of an address that has sent too many refused tokens; undefined while it has not. */
  async refusedTooOften(address: string): Promise<Counted | undefined> {
    const state = await this.refused.get(addressKey(address));
    return state && state.remainingPoints <= 0 ? countedOf(this.limit, state, false) : undefined;
  }

  async countRefused(address: string): Promise<void> {
    await this.refused.consume(addressKey(address)).catch(() => undefined);
  }
}
