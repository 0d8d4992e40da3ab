import { Injectable } from '@nestjs/common';
import { producerOf } from '@orion/contracts';
import { Database, type RawTx } from '@orion/database';
import type { Subscriber } from '../consume/event-consumer';

/** Channel of the hint that a refill is due. */
export const REFILL_CHANNEL = 'orion_refill';

export interface Refill {
  consumer: string;
  producer: string;
  types: string[];
  since: Date;
  until: Date;
  after: string | null;
  round: number;
  sent: number;
  failures: number;
}

/** Also sent again is what was written shortly before and after, since clocks differ. */
const WIDER = `interval '15 minutes'`;
const LONGEST_PAUSE_S = 60;

const REMEMBER = `
  INSERT INTO platform.consumer (name, event_types, queue_since) VALUES ($1, $2::text[], clock_timestamp())
  ON CONFLICT (name) DO UPDATE SET queue_since = excluded.queue_since WHERE consumer.queue_since IS NULL`;

const OWE = `
  INSERT INTO platform.refill (consumer, producer, event_types, since, until)
  SELECT name, $2, $3::text[], queue_since - ${WIDER}, clock_timestamp() + ${WIDER} FROM platform.consumer WHERE name = $1
  ON CONFLICT (consumer, producer) DO UPDATE
    SET event_types = excluded.event_types, since = excluded.since, until = excluded.until, after = NULL, sent = 0,
        round = refill.round + 1, failures = 0, due_at = clock_timestamp(), done_at = NULL`;

const NEXT = `
  SELECT consumer, producer, event_types AS types, since, until, after, round, sent::float8, failures
    FROM platform.refill WHERE done_at IS NULL AND due_at <= clock_timestamp() ORDER BY due_at LIMIT 1`;

const MINE = 'consumer = $1 AND producer = $2 AND round = $3';

const ADVANCE = `
  UPDATE platform.refill SET after = $4::uuid, sent = sent + $5::int, failures = 0, due_at = clock_timestamp(),
         done_at = CASE WHEN $6::boolean THEN NULL ELSE clock_timestamp() END
   WHERE ${MINE}`;

const PUT_OFF = `
  UPDATE platform.refill SET failures = failures + 1,
         due_at = clock_timestamp() + least(2 ^ least(failures, 10), ${LONGEST_PAUSE_S}) * interval '1 second'
   WHERE ${MINE}`;

const OPEN = 'SELECT count(*)::int AS rows FROM platform.refill WHERE done_at IS NULL';

const ours = ({ consumer, producer, round }: Refill): [string, string, number] => [consumer, producer, round];

/** Which queues were there before, and how far those that were lost are filled again. */
@Injectable()
export class RefillRepository {
  constructor(private readonly database: Database) {}

  async remember({ name, events }: Subscriber): Promise<void> {
    await this.raw.$executeRawUnsafe(REMEMBER, name, typesOf(events));
  }

  /** A queue that is missing now. @returns producers that have to fill it; none where it never was there */
  owe(consumer: Subscriber): Promise<string[]> {
    return this.database.worker(async (tx: RawTx) => {
      const { name, events } = consumer;
      if ((await tx.$executeRawUnsafe(REMEMBER, name, typesOf(events))) > 0) return [];
      const byProducer = Map.groupBy(typesOf(events), producerOf);
      for (const [producer, types] of byProducer) await tx.$executeRawUnsafe(OWE, name, producer, types);
      await this.database.notify(tx, REFILL_CHANNEL);
      return [...byProducer.keys()];
    });
  }

  /** The one that waits longest. */
  async next(): Promise<Refill | undefined> {
    return (await this.raw.$queryRawUnsafe<Refill[]>(NEXT))[0];
  }

  /** Nothing where the queue was lost again meanwhile. */
  async advance(refill: Refill, page: { sent: number; last: string | null; more: boolean }): Promise<void> {
    await this.raw.$executeRawUnsafe(
      ADVANCE,
      ...ours(refill),
      page.last ?? refill.after,
      page.sent,
      page.more,
    );
  }

  /** Tried again later, after a pause that grows to a minute. */
  async putOff(refill: Refill): Promise<void> {
    await this.raw.$executeRawUnsafe(PUT_OFF, ...ours(refill));
  }

  async open(): Promise<number> {
    return (await this.raw.$queryRawUnsafe<{ rows: number }[]>(OPEN))[0]?.rows ?? 0;
  }

  private get raw(): RawTx {
    return this.database.workerClient as unknown as RawTx;
  }
}

const typesOf = (events: Subscriber['events']): string[] => events.map((it) => it.type).sort();
