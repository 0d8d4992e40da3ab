import { Inject, Injectable } from '@nestjs/common';
import { Alarm, Database, type RawTx, workLoop } from '@orion/database';
import { Log } from '@orion/logger';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import type { Subscriber } from './event-consumer';

const RETRY_MS = 2_000;

const UPSERT = `
  INSERT INTO platform.consumer (name, event_types) VALUES ($1, $2::text[])
  ON CONFLICT (name) DO UPDATE SET event_types = excluded.event_types, registered_at = clock_timestamp()
  WHERE consumer.event_types <> excluded.event_types`;

const FORGET = 'DELETE FROM platform.consumer WHERE starts_with(name, $1) AND name <> ALL ($2::text[])';

/** Tells in the database which event types each consumer subscribes to; the audit of a run compares with it. */
@Injectable()
export class ConsumerRegistry {
  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** Tries until the database has it. */
  async register(consumers: Subscriber[], stop: AbortSignal): Promise<void> {
    const done = new AbortController();
    const failed = (error: unknown) => this.log.warn('consumer_register_failed', { error });
    const once = async () => {
      await this.write(consumers);
      done.abort();
      return false;
    };
    await workLoop(
      { everyMs: RETRY_MS, alarm: new Alarm(), failed },
      once,
      AbortSignal.any([stop, done.signal]),
    );
  }

  private write(consumers: Subscriber[]): Promise<void> {
    return this.database.worker(async (tx: RawTx) => {
      for (const { name, events } of consumers) {
        await tx.$executeRawUnsafe(UPSERT, name, events.map((it) => it.type).sort());
      }
      await tx.$executeRawUnsafe(
        FORGET,
        `${this.options.service}.`,
        consumers.map((it) => it.name),
      );
    });
  }
}
