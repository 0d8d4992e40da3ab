import type { ServerResponse } from 'node:http';

/** Milliseconds a listener may leave what it was sent unread. */
export const PATIENCE_MS = 30_000;

/** Breaks off a stream whose listener has stopped reading, so that nothing is kept for it without end. */
export function dropWhenStuck(response: ServerResponse, patienceMs = PATIENCE_MS): void {
  let stuckSince: number | undefined;
  const timer = setInterval(() => {
    if (!response.writableNeedDrain) stuckSince = undefined;
    else if (performance.now() - (stuckSince ??= performance.now()) >= patienceMs) response.destroy();
  }, patienceMs / 6);
  response.once('close', () => clearInterval(timer));
}
