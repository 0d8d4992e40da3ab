import type { Problem } from '@orion/contracts';

const DEFAULT_SECONDS: Readonly<Record<string, number>> = {
  REQUEST_IN_PROGRESS: 1,
  LOCK_TIMEOUT: 1,
  CONCURRENT_UPDATE: 1,
  TOO_MANY_REQUESTS: 1,
  BUSY: 1,
  UPSTREAM_UNAVAILABLE: 2,
  DEADLINE_EXCEEDED: 2,
};

/** Seconds after which the same request may succeed; undefined where waiting does not help. */
export function retryAfter(problem: Problem): number | undefined {
  const own = problem['retryAfterSeconds'];
  return typeof own === 'number' && own > 0 ? Math.ceil(own) : DEFAULT_SECONDS[problem.code];
}
