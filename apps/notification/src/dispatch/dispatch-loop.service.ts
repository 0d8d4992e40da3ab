import { Alarm, type Database } from '@orion/database';
import { type Log, runInContext } from '@orion/logger';

/** Backstop: without any hint, rows are looked for this often. */
const SWEEP_MS = 30_000;
const SHORTEST_SLEEP_MS = 50;
/** A finished row wakes the loop at once; this is for rows that come due meanwhile. */
const WHILE_BUSY_MS = 1_000;
const AFTER_ERROR_MS = 1_000;

export interface Dispatch<Row> {
  readonly name: string;
  /** Channel of `Database.notify` that tells of new rows. */
  readonly channel: string;
  /** Rows of one claim at most. */
  readonly batch: number;
  /** Rows in hand at once at most. */
  readonly atOnce: number;
  /** Takes up to `count` due rows under a lease. */
  claim(count: number): Promise<Row[]>;
  /** Sends one row and writes down what came of it. */
  handle(row: Row): Promise<void>;
  /** Milliseconds until the next row may be claimed; null where none is waiting. */
  untilNext(): Promise<number | null>;
}

/**
 * Claims rows and hands each on without waiting for the others, so a slow one holds up nobody. Sleeps until the
 * next row is due, a hint, a finished row or the sweep.
 */
export class DispatchLoop<Row> {
  private readonly alarm = new Alarm();
  private readonly stopping = new AbortController();
  private readonly inHand = new Set<Promise<void>>();
  private running: Promise<void> | undefined;
  private deaf: () => void = () => undefined;

  constructor(
    private readonly dispatch: Dispatch<Row>,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  start(): void {
    this.deaf = this.database.listen(this.dispatch.channel, this.alarm.ring);
    this.running = this.run();
  }

  /** Claims nothing more, and ends when what is in hand has been written down. May be called again. */
  async stop(): Promise<void> {
    this.deaf();
    this.stopping.abort();
    await this.running;
    await Promise.all(this.inHand);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const sleepMs = await this.step().catch((error: unknown) => {
        this.log.error('dispatch_claim_failed', { dispatcher: this.dispatch.name, error });
        return AFTER_ERROR_MS;
      });
      if (sleepMs > 0) await this.alarm.wait(sleepMs, this.stopping.signal);
    }
  }

  /** Milliseconds to sleep; 0 where more may be waiting. */
  private async step(): Promise<number> {
    const { batch, atOnce } = this.dispatch;
    const room = Math.min(batch, atOnce - this.inHand.size);
    if (room <= 0) return SWEEP_MS;
    const rows = await this.dispatch.claim(room);
    for (const row of rows) this.take(row);
    if (rows.length === room) return 0;
    if (this.inHand.size > 0) return WHILE_BUSY_MS;
    const untilNext = (await this.dispatch.untilNext()) ?? SWEEP_MS;
    return Math.min(Math.max(untilNext, SHORTEST_SLEEP_MS), SWEEP_MS);
  }

  private take(row: Row): void {
    const work = runInContext({}, () => this.dispatch.handle(row))
      .catch((error: unknown) =>
        this.log.error('dispatch_result_failed', { dispatcher: this.dispatch.name, error }),
      )
      .finally(() => {
        this.inHand.delete(work);
        this.alarm.ring();
      });
    this.inHand.add(work);
  }
}
