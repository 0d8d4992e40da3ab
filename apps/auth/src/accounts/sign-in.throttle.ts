import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import { BusinessRuleException } from '@orion/problem';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { ACCOUNT_AT_ADDRESS, ADDRESS, delayAfter, tellsCaller, type Tolerance } from './sign-in-delay';

const REMEMBERED_SECONDS = 3600;

/**
 * Delays sign-ins after failures. Counts live in Redis, and in this process while Redis is away: a throttle must
 * never keep the right people out.
 */
@Injectable()
export class SignInThrottle {
  private readonly failures: RateLimiterRedis;
  private readonly delays: RateLimiterRedis;

  constructor(cache: Cache) {
    const limiter = (name: string) => {
      const options = {
        keyPrefix: `auth:${name}`,
        points: Number.MAX_SAFE_INTEGER,
        duration: REMEMBERED_SECONDS,
      };
      return new RateLimiterRedis({
        ...options,
        storeClient: cache.redis,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory(options),
      });
    };
    this.failures = limiter('sign-in-failures');
    this.delays = limiter('sign-in-delay');
  }

  /** @throws TOO_MANY_REQUESTS while a delay runs */
  async check(email: string, address: string): Promise<void> {
    const running = await Promise.all(this.keys(email, address).map(({ key }) => this.delays.get(key)));
    const milliseconds = Math.max(0, ...running.map((it) => it?.msBeforeNext ?? 0));
    if (milliseconds > 0) {
      throw new BusinessRuleException('TOO_MANY_REQUESTS', 'Too many failed sign-ins', {
        retryAfterSeconds: Math.ceil(milliseconds / 1000),
      });
    }
  }

  /** @returns whether the account's first delay at this address begins by it */
  async failed(email: string, address: string): Promise<boolean> {
    const [account] = await Promise.all(
      this.keys(email, address).map(async ({ key, tolerance }) => {
        const { consumedPoints } = await this.failures.penalty(key);
        const seconds = delayAfter(consumedPoints, tolerance);
        if (seconds > 0) await this.delays.block(key, seconds);
        return consumedPoints === tolerance.free + 1;
      }),
    );
    return account ?? false;
  }

  /** Forgets the failures of this account at this address; those of the address stay. */
  async succeeded(email: string, address: string): Promise<void> {
    await this.failures.delete(accountKey(email, address));
  }

  private keys(email: string, address: string): { key: string; tolerance: Tolerance }[] {
    return [
      { key: accountKey(email, address), tolerance: ACCOUNT_AT_ADDRESS },
      ...(tellsCaller(address) ? [{ key: `address:${address}`, tolerance: ADDRESS }] : []),
    ];
  }
}

const accountKey = (email: string, address: string): string =>
  `account:${createHash('sha256').update(email.toLowerCase()).digest('base64url')}:${address}`;
