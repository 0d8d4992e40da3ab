import { Inject, Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import { Log } from '@orion/logger';
import { CONFIG } from '@orion/service';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { GatewayConfig } from '../gateway.config';
import { addressKey, type Counted, refusedTokens, WINDOW_SECONDS } from './rate-limit';

/**
 * Counts requests in Redis, so that all gateways share one limit; while Redis is away each counts for itself.
 * Refused tokens are counted here alone: what they guard is this process.
 */
@Injectable()
export class RateLimiter {
  private readonly requests: RateLimiterRedis;
  private readonly refused: RateLimiterMemory;
  private readonly limit: number;

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'RATE_LIMIT_PER_MINUTE'>,
    cache: Cache,
    private readonly log: Log,
  ) {
    this.limit = config.RATE_LIMIT_PER_MINUTE;
    const window = { points: this.limit, duration: WINDOW_SECONDS };
    this.requests = new RateLimiterRedis({
      ...window,
      storeClient: cache.redis,
      keyPrefix: 'rate',
      rejectIfRedisNotReady: true,
      inMemoryBlockOnConsumed: this.limit + 1,
      insuranceLimiter: new RateLimiterMemory({ ...window, keyPrefix: 'rate' }),
    });
    this.refused = new RateLimiterMemory({ points: refusedTokens(this.limit), duration: WINDOW_SECONDS });
  }

  /** Counts one request. A limiter that fails itself lets the request pass and says so in the log. */
  async count(key: string): Promise<Counted> {
    try {
      return this.counted(await this.requests.consume(key), true);
    } catch (error) {
      if (error instanceof RateLimiterRes) return this.counted(error, false);
      this.log.error('rate_limit_count_failed', { error });
      return { limit: this.limit, remaining: this.limit, resetMs: WINDOW_SECONDS * 1000, allowed: true };
    }
  }

  /** The state of an address that has sent too many refused tokens; undefined while it has not. */
  async refusedTooOften(address: string): Promise<Counted | undefined> {
    const state = await this.refused.get(addressKey(address));
    return state && state.remainingPoints <= 0 ? this.counted(state, false) : undefined;
  }

  async countRefused(address: string): Promise<void> {
    await this.refused.consume(addressKey(address)).catch(() => undefined);
  }

  private counted(state: RateLimiterRes, allowed: boolean): Counted {
    return { limit: this.limit, remaining: state.remainingPoints, resetMs: state.msBeforeNext, allowed };
  }
}
