import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats an assertion until it holds; throws what it threw last once the time is over. */
export async function eventually<T>(assertion: () => T | Promise<T>, timeoutMs = 20_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(150);
    }
  }
}
