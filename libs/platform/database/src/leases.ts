import { Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from './database';
import type { RawTx } from './database.types';

export interface Lease {
  /** Grows with every change of holder: writes guarded by it refuse a holder that was replaced. */
  token: bigint;
  /** Fires when the lease is lost or no longer wanted; `work` must end soon after. */
  signal: AbortSignal;
}

const TAKE = `
  INSERT INTO platform.lease (name, token, holder, expires_at)
  VALUES ($1, 1, $2::uuid, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET token = lease.token + 1, holder = excluded.holder,
    expires_at = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE lease.expires_at < clock_timestamp()
  RETURNING token`;

const RENEW = `
  UPDATE platform.lease SET expires_at = clock_timestamp() + $3 * interval '1 millisecond'
   WHERE name = $1 AND holder = $2::uuid AND token = $4`;

const RELEASE = `UPDATE platform.lease SET expires_at = '-infinity' WHERE name = $1 AND holder = $2::uuid AND token = $3`;

/** Until when whoever asked at `asked` holds the lease for sure, by this process's monotonic clock. */
const safeUntil = (asked: number, ttlMs: number): number => asked + ttlMs * 0.8;

/** What may run once at a time: a row in the database, judged by the database's clock. */
@Injectable()
export class Leases {
  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** Takes the lease where it is free; undefined where somebody holds it. */
  async take(name: string, holder: string, ttlMs: number): Promise<bigint | undefined> {
    const rows = await this.raw((tx) => tx.$queryRawUnsafe<{ token: bigint }[]>(TAKE, name, holder, ttlMs));
    return rows[0]?.token;
  }

  /** False where the lease belongs to somebody else by now. */
  async renew(name: string, holder: string, ttlMs: number, token: bigint): Promise<boolean> {
    return (await this.raw((tx) => tx.$executeRawUnsafe(RENEW, name, holder, ttlMs, token))) === 1;
  }

  async release(name: string, holder: string, token: bigint): Promise<void> {
    await this.raw((tx) => tx.$executeRawUnsafe(RELEASE, name, holder, token));
  }

  /**
   * Runs `work` whenever this process holds the lease `name`, until `stop`. `work` runs again after it ends or
   * the lease was lost and won again. Errors of `work` and of the database are logged and tried again.
   */
  async hold(
    name: string,
    { ttlMs }: { ttlMs: number },
    work: (lease: Lease) => Promise<void>,
    stop: AbortSignal,
  ): Promise<void> {
    const holder = randomUUID();
    while (!stop.aborted) {
      try {
        const asked = performance.now();
        const token = await this.take(name, holder, ttlMs);
        // An answer that came too late is a lease that somebody else may have by now.
        const inTime = performance.now() < safeUntil(asked, ttlMs);
        if (token !== undefined && inTime) await this.work(name, holder, ttlMs, { token, asked }, work, stop);
      } catch (error) {
        this.log.warn('lease_hold_failed', { lease: name, error });
      }
      await sleep(Math.min(ttlMs / 3, 1_000), undefined, { signal: stop }).catch(() => undefined);
    }
  }

  private async work(
    name: string,
    holder: string,
    ttlMs: number,
    { token, asked }: { token: bigint; asked: number },
    work: (lease: Lease) => Promise<void>,
    stop: AbortSignal,
  ): Promise<void> {
    const lost = new AbortController();
    const ended = new AbortController();
    const renewing = this.keep(name, holder, ttlMs, { token, asked }, lost, ended.signal);
    try {
      await work({ token, signal: AbortSignal.any([stop, lost.signal]) });
    } finally {
      ended.abort();
      await renewing;
      if (!lost.signal.aborted) await this.release(name, holder, token);
    }
  }

  /** Renews at a third of the life; gives up early enough that no other holder can have started. */
  private async keep(
    name: string,
    holder: string,
    ttlMs: number,
    { token, asked }: { token: bigint; asked: number },
    lost: AbortController,
    ended: AbortSignal,
  ): Promise<void> {
    let until = safeUntil(asked, ttlMs);
    const guard = setInterval(() => performance.now() > until && lost.abort(), Math.max(ttlMs / 20, 5));
    try {
      while (!ended.aborted && !lost.signal.aborted) {
        await sleep(ttlMs / 3, undefined, { signal: ended }).catch(() => undefined);
        if (ended.aborted) return;
        const at = performance.now();
        const renewed = await this.renew(name, holder, ttlMs, token).catch(() => undefined);
        if (renewed === false) lost.abort();
        if (renewed) until = safeUntil(at, ttlMs);
      }
    } finally {
      clearInterval(guard);
    }
  }

  private raw<T>(work: (tx: RawTx) => Promise<T>): Promise<T> {
    return work(this.database.workerClient as unknown as RawTx);
  }
}
