import type { Outcome } from './outcome';
import type { Pressure } from './pressure';
import type { Scenario } from './scenarios';

/** Milliseconds that the API may take, with 100 users at once. */
export const TARGETS = { p50: 100, p95: 200, p99: 500 } as const;

/** The load counts as given when nearly all of it was sent. */
const ENOUGH = 0.98;

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Why a load did not pass; nothing where it did. */
export function faultsOf(
  { requests: wanted, isTimed }: Pick<Scenario, 'requests' | 'isTimed'>,
  { requests, failures, times }: Outcome,
  { poolTimeouts, lockTimeouts, backlogLeft }: Pressure,
): string[] {
  const unanswered = requests - times.count;
  return [
    ...(requests < wanted * ENOUGH ? [`only ${requests} of ${wanted} requests were sent`] : []),
    ...Object.entries(failures).map(([reason, count]) => `${many(count, 'failure')}: ${reason}`),
    ...(unanswered > 0 && Object.keys(failures).length === 0
      ? [`${many(unanswered, 'request')} without an answer`]
      : []),
    ...(isTimed && times.p95 >= TARGETS.p95 ? [`p95 is ${times.p95} ms, not below ${TARGETS.p95} ms`] : []),
    ...(poolTimeouts > 0 ? [`${many(poolTimeouts, 'transaction')} got no connection`] : []),
    ...(lockTimeouts > 0 ? [`${many(lockTimeouts, 'transaction')} waited for a lock in vain`] : []),
    ...(backlogLeft > 0 ? [`${many(backlogLeft, 'event')} left in the outboxes after a minute`] : []),
  ];
}
