import { prismaCodeOf, sqlStateOf } from '@orion/problem';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRYABLE = new Set(['40001', '40P01']);
const MAX_RETRIES = 3;

/** A serialization failure or a deadlock: the transaction was rolled back and may succeed when repeated. */
export function isConcurrencyFailure(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === undefined ? prismaCodeOf(error) === 'P2034' : RETRYABLE.has(state);
}

/** Runs `attempt` again, up to 3 times, where it lost against a concurrent transaction. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  retried: (error: unknown) => void,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === MAX_RETRIES || !isConcurrencyFailure(error)) throw error;
      retried(error);
      await sleep(2 ** tries * 10 + Math.random() * 20);
    }
  }
}
