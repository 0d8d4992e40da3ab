import type { Cache } from '@orion/cache';
import { Log } from '@orion/logger';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type Counted, WINDOW_SECONDS } from './rate-limit';
import { RateLeases, type Taken } from './rate-leases';

/** Milliseconds for which Redis is not asked again after it has failed to answer. */
const REST_MS = 2_000;

/** Counts requests in Redis, so that all gateways share one limit; while Redis is away each counts for itself. */
export class SharedLimit {
  private readonly shared: RateLimiterRedis;
  private readonly leases: RateLeases;
  private readonly own: RateLimiterMemory;
  private restUntil = -Infinity;

  /** @param limit requests of one key in a window */
  constructor(
    private readonly limit: number,
    cache: Cache,
    private readonly log: Log,
  ) {
    const window = { points: limit, duration: WINDOW_SECONDS };
    this.shared = new RateLimiterRedis({
      ...window,
      storeClient: cache.redis,
      keyPrefix: 'rate',
      rejectIfRedisNotReady: true,
    });
    this.leases = new RateLeases(limit);
    this.own = new RateLimiterMemory(window);
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
      return countedOf(this.limit, await this.own.consume(key), true);
    } catch (error) {
      if (error instanceof RateLimiterRes) return countedOf(this.limit, error, false);
      throw error;
    }
  }
}

export const countedOf = (limit: number, state: RateLimiterRes, allowed: boolean): Counted => ({
  limit,
  remaining: state.remainingPoints,
  resetMs: state.msBeforeNext,
  allowed,
});
