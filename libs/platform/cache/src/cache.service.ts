import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@orion/logger';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheReads } from './cache.metrics';
import { type Entry, parseEntry, renewEarly } from './entry';

const LOCK_MS = 5_000;
const WAIT_STEP_MS = 25;
const WAIT_STEPS = 40;

/** Deletes the lock only if it is still ours. */
const UNLOCK = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

const UNAVAILABLE = Symbol('unavailable');

@Injectable()
export class Cache implements OnApplicationShutdown {
  private readonly running = new Map<string, Promise<unknown>>();
  private away = false;

  constructor(
    readonly redis: Redis,
    private readonly log: Log,
  ) {
    redis.on('error', (error: Error) => this.lost(error));
    redis.on('ready', () => this.found());
  }

  /** Whether Redis answers at present. */
  get available(): boolean {
    return this.redis.status === 'ready';
  }

  /**
   * The value under the key; loads and keeps it for `ttlSeconds` when there is none. Many readers at once cause one
   * load in this process and, while Redis answers, one among all processes. Without Redis every process loads.
   * Values pass through JSON. Errors of `load` reach every waiting reader and nothing is kept.
   * @param key `<kind>:<rest>`; the kind labels the metrics
   */
  getOrLoad<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> {
    const running = this.running.get(key);
    if (running) return running as Promise<T>;
    const result = this.read(key, ttlSeconds, load).finally(() => this.running.delete(key));
    this.running.set(key, result);
    return result;
  }

  /** Forgets a value, so that the next reader loads it; does nothing while Redis is away. */
  async forget(...keys: string[]): Promise<void> {
    await this.attempt(() => this.redis.del(...keys));
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis.removeAllListeners('error').on('error', () => undefined);
    const left = await this.attempt(() => this.redis.quit());
    if (left === UNAVAILABLE && this.redis.status !== 'end') this.redis.disconnect();
  }

  private async read<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> {
    const text = await this.attempt(() => this.redis.get(key));
    if (text === UNAVAILABLE) {
      this.count(key, 'unavailable');
      return load();
    }
    const entry = parseEntry(text);
    if (entry && !renewEarly(entry, Date.now(), 1 - Math.random())) {
      this.count(key, 'hit');
      return entry.value as T;
    }
    this.count(key, 'miss');
    return this.loadAlone(key, ttlSeconds, load);
  }

  private async loadAlone<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> {
    const lock = `lock:${key}`;
    const mine = randomUUID();
    for (let step = 0; step < WAIT_STEPS; step += 1) {
      const got = await this.attempt(() => this.redis.set(lock, mine, 'PX', LOCK_MS, 'NX'));
      if (got === UNAVAILABLE) return load();
      if (got === 'OK') {
        try {
          return await this.loadAndKeep(key, ttlSeconds, load);
        } finally {
          await this.attempt(() => this.redis.eval(UNLOCK, 1, lock, mine));
        }
      }
      await sleep(WAIT_STEP_MS);
      const text = await this.attempt(() => this.redis.get(key));
      const entry = text === UNAVAILABLE ? undefined : parseEntry(text);
      if (entry) return entry.value as T;
    }
    return load();
  }

  private async loadAndKeep<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> {
    const begun = Date.now();
    const value = await load();
    const entry: Entry<T> = { value, cost: Date.now() - begun, freshUntil: Date.now() + ttlSeconds * 1000 };
    if (value !== undefined)
      await this.attempt(() => this.redis.set(key, JSON.stringify(entry), 'EX', ttlSeconds));
    return value;
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | typeof UNAVAILABLE> {
    if (!this.available) return UNAVAILABLE;
    try {
      return await work();
    } catch {
      return UNAVAILABLE;
    }
  }

  private count(key: string, outcome: 'hit' | 'miss' | 'unavailable'): void {
    cacheReads().inc({ kind: key.split(':', 1)[0] ?? '', outcome });
  }

  private lost(error: Error): void {
    if (!this.away) this.log.warn('cache_connection_lost', { error });
    this.away = true;
  }

  private found(): void {
    if (this.away) this.log.info('cache_connection_restored');
    this.away = false;
  }
}
