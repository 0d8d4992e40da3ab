import { sqlStateOf } from '@orion/problem';
import { Counter, register } from 'prom-client';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: lock_not_available */
const LOCK_NOT_AVAILABLE = '55P03';

/** What the pool throws, and what Prisma does where it gives up sooner. */
const NO_CONNECTION = [
  'timeout exceeded when trying to connect',
  'Unable to start a transaction in the given time',
];

export type WaitedFor = 'lock' | 'connection';

/** What a transaction waited for in vain; undefined where it failed for another reason. */
export function waitedFor(error: unknown): WaitedFor | undefined {
  if (sqlStateOf(error) === LOCK_NOT_AVAILABLE) return 'lock';
  const message = error instanceof Error ? error.message : '';
  return NO_CONNECTION.some((text) => message.includes(text)) ? 'connection' : undefined;
}

const counter = (name: string, help: string): Counter =>
  (register.getSingleMetric(name) as Counter | undefined) ?? new Counter({ name, help });

const counters = (): Record<WaitedFor, Counter> => ({
  lock: counter('database_lock_timeouts_total', 'Transactions that waited for a lock in vain'),
  connection: counter('database_pool_timeouts_total', 'Transactions that waited for a connection in vain'),
});

/** Shows both counters in `/metrics` from the start, at zero. */
export const showWaiting = (): void => void counters();

export function countWaiting(error: unknown): void {
  const what = waitedFor(error);
  if (what) counters()[what].inc();
}
