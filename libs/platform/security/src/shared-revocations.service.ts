import { Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import { type Revocation, REVOCATION_LIFE_MS } from './revocation';

const KEY = 'revocations';
const AT = /^(\S+) (\S*)$/;

/** What auth tells the verifiers of all services by way of Redis: a set ordered by time. Fails while Redis is away. */
@Injectable()
export class SharedRevocations {
  constructor(private readonly cache: Cache) {}

  get available(): boolean {
    return this.cache.available;
  }

  /** The oldest first. @param at milliseconds since 1970 */
  async since(at: number): Promise<Revocation[]> {
    const flat = await this.cache.redis.zrangebyscore(KEY, at, '+inf', 'WITHSCORES');
    const found: Revocation[] = [];
    for (let i = 0; i < flat.length; i += 2) {
      const parts = AT.exec(flat[i] ?? '');
      if (parts) found.push({ key: parts[1] ?? '', digest: parts[2] || null, at: Number(flat[i + 1]) });
    }
    return found;
  }

  async tell(items: readonly Revocation[]): Promise<void> {
    if (items.length === 0) return;
    const members = items.flatMap(({ key, digest, at }) => [at, `${key} ${digest ?? ''}`]);
    await this.cache.redis.zadd(KEY, ...members);
    await this.cache.redis.zremrangebyscore(KEY, '-inf', Date.now() - 2 * REVOCATION_LIFE_MS);
  }

  /** Whether there is nothing, for instance because Redis lost it. */
  async isEmpty(): Promise<boolean> {
    return (await this.cache.redis.exists(KEY)) === 0;
  }
}
