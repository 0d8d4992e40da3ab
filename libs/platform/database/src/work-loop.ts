import { setTimeout as sleep } from 'node:timers/promises';

/** A sleep that a hint can cut short; a hint that comes while nobody sleeps is remembered. */
export class Alarm {
  private rung = false;
  private waiting: (() => void) | undefined;

  ring = (): void => {
    this.rung = true;
    this.waiting?.();
  };

  async wait(ms: number, stop: AbortSignal): Promise<void> {
    if (!this.rung && !stop.aborted) {
      const woken = new AbortController();
      this.waiting = () => woken.abort();
      await sleep(ms, undefined, { signal: AbortSignal.any([stop, woken.signal]) }).catch(() => undefined);
      this.waiting = undefined;
    }
    this.rung = false;
  }
}

/** Repeats `step` until `stop`: at once while it answers true, else after `everyMs` or the alarm. */
export async function workLoop(
  { everyMs, alarm, failed }: { everyMs: number; alarm: Alarm; failed: (error: unknown) => void },
  step: (signal: AbortSignal) => Promise<boolean>,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    let more = false;
    try {
      more = await step(stop);
    } catch (error) {
      if (!stop.aborted) failed(error);
    }
    if (!more) await alarm.wait(everyMs, stop);
  }
}
