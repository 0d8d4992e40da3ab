import { PrismaPg } from '@prisma/adapter-pg';
import type { Log } from '@orion/logger';
import type { Pool } from 'pg';
import type { PrismaClientLike } from './database.types';
import { DEFAULT_TIMEOUTS } from './session';
import { insertNames } from './statement-names';
import { WatchedPool } from './watched.pool';

/** Slower statements are logged (spec H1). */
export const SLOW_QUERY_MS = 100;

/** Longer than any statement may take: what answers nothing for this long is a dead connection. */
const QUERY_TIMEOUT_MS = 20_000;

/**
 * The server ends a transaction nobody goes on with, and with it its locks, before the client that lost the
 * connection gives up and tries again. Longer than a transaction may take, unless it is given more time.
 */
const IDLE_IN_TRANSACTION_MS = 16_000;

export interface PooledClient<C extends PrismaClientLike> {
  client: C;
  pool: Pool;
  close(): Promise<void>;
}

interface QueryEvent {
  query: string;
  duration: number;
}

interface Observed {
  $on(event: 'query', heard: (event: QueryEvent) => void): void;
}

/** A Prisma client on a pool of its own; a half-open connection is noticed and left within 30 s. */
export function createClient<C extends PrismaClientLike>(
  Client: new (options: never) => PrismaClientLike,
  options: { url: string; max: number; name: string },
  log: Log,
): PooledClient<C> {
  const pool = new WatchedPool({
    connectionString: options.url,
    max: options.max,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: QUERY_TIMEOUT_MS,
    lock_timeout: DEFAULT_TIMEOUTS.lockTimeoutMs,
    statement_timeout: DEFAULT_TIMEOUTS.timeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  });
  pool.on('error', (error) => log.warn('database_connection_lost', { pool: options.name, error }));
  const client = new Client({
    adapter: new PrismaPg(pool, {
      onConnectionError: () => undefined,
      statementNameGenerator: insertNames(),
    }),
    errorFormat: 'minimal',
    log: [{ emit: 'event', level: 'query' }],
  } as never);
  (client as unknown as Observed).$on('query', ({ query, duration }) => {
    if (duration > SLOW_QUERY_MS)
      log.warn('database_query_slow', { query: query.slice(0, 500), durationMs: duration });
  });
  return {
    client: client as C,
    pool,
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}
