import { setTimeout as sleep } from 'node:timers/promises';

const CLOSE_MS = 3_000;

/** Waits for a connection to close, but not for a broker that does not answer any more. */
export async function closeWithin(closing: Promise<unknown>, ms = CLOSE_MS): Promise<void> {
  const given = new AbortController();
  const late = sleep(ms, undefined, { signal: given.signal }).catch(() => undefined);
  await Promise.race([closing.catch(() => undefined), late]);
  given.abort();
}
