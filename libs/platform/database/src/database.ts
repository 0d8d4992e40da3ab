import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { Pool } from 'pg';
import { createClient, type PooledClient } from './client.factory';
import { isConnectionLoss } from './connection-loss';
import { CONNECTION_BUDGET } from './connection-budget';
import {
  DATABASE_OPTIONS,
  type DatabaseOptions,
  type IdempotentCall,
  type PrismaClientLike,
  type RawTx,
  type TransactionOptions,
  type TxOf,
} from './database.types';
import { isKeyed, once } from './idempotency';
import { withRetries } from './retry';
import { Signals } from './signals';

/** Slower transactions are logged (spec H1). */
const SLOW_OPERATION_MS = 500;
const TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 5_000;
const MAX_WAIT_MS = 10_000;
const NO_ORGANIZATION = '';

interface Interactive<Tx> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options: { timeout: number; maxWait: number }): Promise<T>;
}

/**
 * A service's database under its two roles. `work` may run more than once (a lost race is repeated), so it
 * changes nothing but the database. A lost connection is a BusinessRuleException UPSTREAM_UNAVAILABLE.
 */
@Injectable()
export class Database<C extends PrismaClientLike = PrismaClientLike> implements OnApplicationShutdown {
  readonly app: C;
  readonly workerClient: C;
  private readonly clients: { app: PooledClient<C>; worker: PooledClient<C> };
  private readonly signals: Signals;
  private readonly announced = new WeakMap<object, Set<string>>();

  constructor(
    @Inject(DATABASE_OPTIONS) { service, client, ...at }: DatabaseOptions,
    private readonly log: Log,
  ) {
    const { pool = CONNECTION_BUDGET.app, workerPool = CONNECTION_BUDGET.worker } = at;
    this.clients = {
      app: createClient<C>(client, { url: at.url, max: pool, name: `orion ${service}` }, log),
      worker: createClient<C>(
        client,
        { url: at.workerUrl, max: workerPool, name: `orion ${service} worker` },
        log,
      ),
    };
    this.app = this.clients.app.client;
    this.workerClient = this.clients.worker.client;
    this.signals = new Signals(at.url, `orion ${service} signals`, log);
  }

  get pools(): { app: Pool; worker: Pool } {
    return { app: this.clients.app.pool, worker: this.clients.worker.pool };
  }

  /** A transaction that sees and writes rows of one organization only. */
  tenant<T>(
    organizationId: string,
    work: (tx: TxOf<C>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    return this.run(this.app, organizationId, work, options);
  }

  /** A transaction without an organization: tables of the allow-list only. */
  global<T>(work: (tx: TxOf<C>) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.run(this.app, NO_ORGANIZATION, work, options);
  }

  /** A transaction of the worker role, for jobs that cross organizations. */
  worker<T>(work: (tx: TxOf<C>) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.run(this.workerClient, NO_ORGANIZATION, work, options);
  }

  /**
   * The caller's tenant transaction; with an idempotency key, one effect and one reply for all repeats. Safe to
   * repeat with its key when the answer to the commit was lost.
   */
  execute<T>(
    call: IdempotentCall,
    work: (tx: TxOf<C>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    const { principal } = call;
    if (!principal)
      throw new Error(`${call.contract.id}: a call without a principal has no tenant transaction`);
    return this.tenant(
      principal.organizationId,
      (tx) => (isKeyed(call) ? once(tx as RawTx, call, () => work(tx)) : work(tx)),
      options,
    );
  }

  /** Wakes the hearers of `channel`, in every process, once the transaction has committed. */
  notify(tx: object, channel: string): Promise<void> {
    this.announced.get(tx)?.add(channel);
    return Promise.resolve();
  }

  /** Calls `heard` on a hint; poll beside it. Answers with the way to stop. */
  listen(channel: string, heard: () => void): () => void {
    return this.signals.listen(channel, heard);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals.close();
    await Promise.all([this.clients.app.close(), this.clients.worker.close()]);
  }

  private async run<T>(
    client: C,
    organizationId: string,
    work: (tx: TxOf<C>) => Promise<T>,
    { timeoutMs = TIMEOUT_MS, lockTimeoutMs = LOCK_TIMEOUT_MS }: TransactionOptions = {},
  ): Promise<T> {
    const interactive = client as unknown as Interactive<TxOf<C> & RawTx & object>;
    const started = performance.now();
    let channels = new Set<string>();
    const attempt = () =>
      interactive.$transaction(
        async (tx) => {
          channels = new Set();
          this.announced.set(tx, channels);
          await tx.$executeRawUnsafe(
            `SELECT set_config('orion.organization_id', $1, true), set_config('lock_timeout', $2, true),
                    set_config('statement_timeout', $3, true),
                    set_config('idle_in_transaction_session_timeout', $3, true)`,
            organizationId,
            String(lockTimeoutMs),
            String(timeoutMs),
          );
          return work(tx);
        },
        { timeout: timeoutMs, maxWait: MAX_WAIT_MS },
      );
    try {
      const result = await withRetries(attempt, (error) =>
        this.log.info('database_transaction_retried', { error }),
      );
      for (const channel of channels) this.signals.send(channel);
      return result;
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      this.log.warn('database_connection_failed', { error });
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'The database cannot be reached');
    } finally {
      const durationMs = Math.round(performance.now() - started);
      if (durationMs > SLOW_OPERATION_MS) this.log.warn('database_operation_slow', { durationMs });
    }
  }
}
