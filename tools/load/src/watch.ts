import { setTimeout as sleep } from 'node:timers/promises';
import { samplesOf } from './exposition';
import { type Pressure, pressureOf, type Reading, readingOf } from './pressure';

const EVERY_MS = 2_000;
/** Services look at their outbox every ten seconds. */
const SETTLED_MS = 12_000;
const DRAIN_LIMIT_MS = 60_000;

async function read(url: string): Promise<Reading> {
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${url}/metrics answered ${answer.status}`);
  return readingOf(samplesOf(await answer.text()));
}

/** Looks at the metrics of every service while a load runs. */
export class Watch {
  private readonly histories: Map<string, Reading[]>;
  private readonly over = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(private readonly urls: readonly string[]) {
    this.histories = new Map(urls.map((url) => [url, []]));
  }

  /** Looks once, so that what happened before does not count, and then goes on until `end`. */
  async begin(): Promise<void> {
    await this.look();
    this.looking = this.goOn();
  }

  get pressure(): Pressure {
    return pressureOf([...this.histories.values()]);
  }

  /** Waits for the outboxes to be empty, a minute at most, and says what was seen. */
  async end(): Promise<Pressure> {
    this.over.abort();
    await this.looking;
    const ended = performance.now();
    await sleep(SETTLED_MS);
    await this.look();
    while (this.pressure.backlogLeft > 0 && performance.now() - ended < DRAIN_LIMIT_MS) {
      await sleep(EVERY_MS);
      await this.look();
    }
    return this.pressure;
  }

  private async goOn(): Promise<void> {
    const { signal } = this.over;
    while (!signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
      // A look that fails under load is made up for by the next; the last one must not fail.
      if (!signal.aborted) await this.look().catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    await Promise.all(this.urls.map(async (url) => this.histories.get(url)?.push(await read(url))));
  }
}
