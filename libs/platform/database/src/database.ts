import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { createClient, type PooledClient, SLOW_QUERY_MS } from './client.factory';
import { isConnectionLoss } from './connection-loss';
import { CONNECTION_BUDGET } from './connection-budget';
import {
  DATABASE_OPTIONS,
  type DatabaseOptions,
  type IdempotentCall,
  type PrismaClientLike,
  type TransactionOptions,
  type TxOf,
} from './database.types';
import { isKeyed, once } from './idempotency';
import { withRetries } from './retry';
import { DEFAULT_TIMEOUTS, Session, type Statement } from './session';
import { Signals } from './signals';
import { inStatements, type StatementTx } from './statement-transaction';
import { countWaiting, showWaiting } from './waiting.metrics';

/** Slower transactions are logged (spec H1). */
const SLOW_OPERATION_MS = 500;
const MAX_WAIT_MS = 10_000;
const NO_ORGANIZATION = '';

interface Interactive<Tx> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options: { timeout: number; maxWait: number }): Promise<T>;
}

/** Runs `work` in a transaction of the session. */
type Open<Tx> = <T>(session: Session, work: (tx: Tx) => Promise<T>, timeoutMs: number) => Promise<T>;

const throughPrisma =
  <C extends PrismaClientLike>(client: C): Open<TxOf<C>> =>
  (session, work, timeout) =>
    session.around(() =>
      (client as unknown as Interactive<TxOf<C>>).$transaction(work, { timeout, maxWait: MAX_WAIT_MS }),
    );

const pastPrisma =
  (pool: Pool): Open<StatementTx> =>
  (session, work) =>
    inStatements(pool, session, work);

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
  private readonly sessions = new WeakMap<object, Session>();

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
    showWaiting();
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
    return this.run(throughPrisma(this.app), organizationId, work, options);
  }

  /** As `tenant`, past Prisma, by `statement` and `atCommit` only: for what every event does, at a third of the cost. */
  statements<T>(
    organizationId: string,
    work: (tx: StatementTx) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    return this.run(pastPrisma(this.clients.app.pool), organizationId, work, options);
  }

  /**
   * A transaction of one statement, past Prisma and without an organization: a single message to the server.
   * @throws DatabaseError of pg
   */
  async only<R extends QueryResultRow>(
    statement: Statement,
    values: unknown[],
    options?: TransactionOptions,
  ): Promise<R[]> {
    let answer: Promise<QueryResult> | undefined;
    const work = (tx: StatementTx): Promise<void> => {
      this.sessionOf(tx, statement).close(statement, values, '', (it) => (answer = it));
      return Promise.resolve();
    };
    await this.run(pastPrisma(this.clients.app.pool), NO_ORGANIZATION, work, options);
    return ((await answer)?.rows ?? []) as R[];
  }

  /** A transaction without an organization: tables of the allow-list only. */
  global<T>(work: (tx: TxOf<C>) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.run(throughPrisma(this.app), NO_ORGANIZATION, work, options);
  }

  /** A transaction of the worker role, for jobs that cross organizations. */
  worker<T>(work: (tx: TxOf<C>) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.run(throughPrisma(this.workerClient), NO_ORGANIZATION, work, options);
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
      (tx) => (isKeyed(call) ? once(this, tx as object, call, () => work(tx)) : work(tx)),
      options,
    );
  }

  /**
   * One of the platform's own statements inside `tx`, straight on its connection and prepared: for what every
   * request or event does. @throws DatabaseError of pg
   */
  async statement<R extends QueryResultRow>(
    tx: object,
    statement: Statement,
    values: unknown[],
  ): Promise<QueryResult<R>> {
    const session = this.sessionOf(tx, statement);
    const started = performance.now();
    const result = await session.query<R>(statement, values);
    const durationMs = Math.round(performance.now() - started);
    if (durationMs > SLOW_QUERY_MS)
      this.log.warn('database_query_slow', { query: statement.text, durationMs });
    return result;
  }

  /**
   * As `statement`, for what nobody waits for the answer of: it goes out with the commit, and fails it when it fails.
   * @param order statements of the transaction are sent by it, so that locks are taken in the same order everywhere
   */
  atCommit(tx: object, statement: Statement, values: unknown[], order: string): void {
    this.sessionOf(tx, statement).close(statement, values, order);
  }

  /** Wakes the hearers of `channel`, in every process, once the transaction has committed. */
  notify(tx: object, channel: string): Promise<void> {
    this.sessions.get(tx)?.channels.add(channel);
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

  private sessionOf(tx: object, { name }: Statement): Session {
    const session = this.sessions.get(tx);
    if (!session) throw new Error(`${name}: not in a transaction of this database`);
    return session;
  }

  private async run<T, Tx>(
    open: Open<Tx>,
    organizationId: string,
    work: (tx: Tx) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const settings = { ...DEFAULT_TIMEOUTS, ...options, organizationId };
    const { timeoutMs } = settings;
    const started = performance.now();
    let session = new Session(settings);
    const attempt = async () => {
      session = new Session(settings);
      const begun = (tx: Tx) => {
        this.sessions.set(tx as object, session);
        return work(tx);
      };
      try {
        return await open(session, begun, timeoutMs);
      } catch (error) {
        throw session.failure ?? error;
      }
    };
    try {
      const result = await withRetries(attempt, (error) =>
        this.log.info('database_transaction_retried', { error }),
      );
      for (const channel of session.channels) this.signals.send(channel);
      return result;
    } catch (error) {
      countWaiting(error);
      if (!isConnectionLoss(error)) throw error;
      this.log.warn('database_connection_failed', { error });
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'The database cannot be reached');
    } finally {
      const durationMs = Math.round(performance.now() - started);
      if (durationMs > SLOW_OPERATION_MS) this.log.warn('database_operation_slow', { durationMs });
    }
  }
}
