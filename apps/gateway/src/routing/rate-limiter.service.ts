import { Inject, Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import { Log } from '@orion/logger';
import { CONFIG } from '@orion/service';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { GatewayConfig } from '../gateway.config';
import { RateLeases, type Taken } from './rate-leases';
import { addressKey, type Counted, refusedTokens, WINDOW_SECONDS } from './rate-limit';

/** Milliseconds for which Redis is not asked again after it has failed to answer. */
const REST_MS = 2_000;

/**
 * Counts requests in Redis, so that all gateways share one limit; while Redis is away each counts for itself.
 * Refused tokens are counted here alone: what they guard is this process.
 */
@Injectable()
export class RateLimiter {
  private readonly shared: RateLimiterRedis;
  private readonly leases: RateLeases;
  private readonly own: RateLimiterMemory;
  private readonly refused: RateLimiterMemory;
  private readonly limit: number;
  private restUntil = -Infinity;

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'RATE_LIMIT_PER_MINUTE'>,
    cache: Cache,
    private readonly log: Log,
  ) {
    this.limit = config.RATE_LIMIT_PER_MINUTE;
    const window = { points: this.limit, duration: WINDOW_SECONDS };
    this.shared = new RateLimiterRedis({
      ...window,
      storeClient: cache.redis,
      keyPrefix: 'rate',
      rejectIfRedisNotReady: true,
    });
    this.leases = new RateLeases(this.limit);
    this.own = new RateLimiterMemory(window);
    this.refused = new RateLimiterMemory({ points: refusedTokens(this.limit), duration: WINDOW_SECONDS });
  }

  async count(key: string): Promise<Counted> {
    const begun = performance.now();
    const isResting = begun < this.restUntil;
    const known = this.leases.spend(key, begun);
    if (!known && isResting) return this.countHere(key);
    try {
      const counted = known ?? this.leases.count(key, await this.take(key, 1), performance.now());
      if (!isResting) this.takeAhead(key);
      return counted;
    } catch (error) {
      this.rest(error);
      return this.countHere(key);
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

  private takeAhead(key: string): void {
    const points = this.leases.wanted(key, performance.now());
    if (points === 0) return;
    this.take(key, points).then(
      (taken) => this.leases.keep(key, taken, performance.now()),
      (error: unknown) => {
        this.leases.giveUp(key);
        this.rest(error);
      },
    );
  }

  private async take(key: string, points: number): Promise<Taken> {
    const asked = performance.now();
    const { consumedPoints, msBeforeNext } = await this.shared.penalty(key, points);
    return { points, consumed: consumedPoints, endsAt: asked + msBeforeNext };
  }

  private rest(error: unknown): void {
    this.restUntil = performance.now() + REST_MS;
    this.log.warn('rate_limit_share_failed', { error });
  }

  private async countHere(key: string): Promise<Counted> {
    try {
      return this.counted(await this.own.consume(key), true);
    } catch (error) {
      if (error instanceof RateLimiterRes) return this.counted(error, false);
      throw error;
    }
  }

  private counted(state: RateLimiterRes, allowed: boolean): Counted {
    return { limit: this.limit, remaining: state.remainingPoints, resetMs: state.msBeforeNext, allowed };
  }
}
