import { type Sample, sumOf } from './exposition';

/** What one service says of its pools, locks and outbox at one moment. */
export interface Reading {
  /** Callers that wait for a connection. */
  waiting: number;
  /** Since the service started. */
  poolTimeouts: number;
  lockTimeouts: number;
  /** Events in the outbox. */
  backlog: number;
}

export const readingOf = (samples: readonly Sample[]): Reading => ({
  waiting: sumOf(samples, 'database_pool_connections', { kind: 'waiting' }),
  poolTimeouts: sumOf(samples, 'database_pool_timeouts_total'),
  lockTimeouts: sumOf(samples, 'database_lock_timeouts_total'),
  backlog: sumOf(samples, 'orion_outbox_backlog'),
});

/** What a load did to the services, all of them taken together. */
export interface Pressure {
  /** The most that waited at once in one service. */
  waiting: number;
  poolTimeouts: number;
  lockTimeouts: number;
  /** The most that one outbox held, and what all hold at the end. */
  backlog: number;
  backlogLeft: number;
}

const grown = (history: readonly Reading[], of: (reading: Reading) => number): number =>
  history.slice(1).reduce((sum, reading, index) => {
    const before = of(history[index] ?? reading);
    // A service that was restarted counts from zero again.
    return sum + (of(reading) >= before ? of(reading) - before : of(reading));
  }, 0);

const most = (histories: readonly (readonly Reading[])[], of: (reading: Reading) => number): number =>
  Math.max(0, ...histories.flatMap((history) => history.map(of)));

const total = (numbers: readonly number[]): number => numbers.reduce((sum, it) => sum + it, 0);

/** @param histories of each service, from before the load to after it */
export const pressureOf = (histories: readonly (readonly Reading[])[]): Pressure => ({
  waiting: most(histories, ({ waiting }) => waiting),
  poolTimeouts: total(histories.map((it) => grown(it, ({ poolTimeouts }) => poolTimeouts))),
  lockTimeouts: total(histories.map((it) => grown(it, ({ lockTimeouts }) => lockTimeouts))),
  backlog: most(histories, ({ backlog }) => backlog),
  backlogLeft: total(histories.map((it) => it.at(-1)?.backlog ?? 0)),
});
