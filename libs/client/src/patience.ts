import { ApiProblem } from './api-problem';

const PASSING = new Set([0, 408, 429, 502, 503, 504]);
const PASSING_CODES = new Set(['REQUEST_IN_PROGRESS', 'CONCURRENT_UPDATE', 'LOCK_TIMEOUT']);
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/** Whether the same call may succeed later without anybody changing anything. */
export const isPassing = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && (PASSING.has(error.status) || PASSING_CODES.has(error.code));

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });

/** Repeats `work` while it fails for a passing reason, with growing waits, for at most `ms`. */
export async function patiently<T>(ms: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const end = performance.now() + ms;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || signal?.aborted) throw error;
      const pause = Math.max(wait, (error.retryAfterSeconds ?? 0) * 1000);
      if (performance.now() + pause > end) throw error;
      await sleep(pause, signal);
    }
  }
}
