import { Injectable } from '@nestjs/common';
import { Database, type RawTx } from '@orion/database';
import { createHash } from 'node:crypto';

export interface DeadLetter {
  consumer: string;
  eventId: string | null;
  eventType: string | null;
  /** `failed`, `malformed`, `unknown` or `expired`. */
  reason: string;
  detail: string;
  /** JSON text. */
  headers: string;
  body: Buffer;
}

export interface DeadLetterEntry extends Omit<DeadLetter, 'body'> {
  id: string;
  bytes: number;
  diedAt: Date;
  replayedAt: Date | null;
}

export type StoredDeadLetter = DeadLetterEntry & Pick<DeadLetter, 'body'>;

/** Past Prisma, which takes seconds and ten times the memory for a few megabytes of bytea in a raw query. */
const KEEP = `
  INSERT INTO platform.dead_letter (id, consumer, event_id, event_type, reason, detail, headers, body)
  VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (id) DO UPDATE SET died_at = clock_timestamp(), replayed_at = NULL, reason = excluded.reason,
    detail = excluded.detail, headers = excluded.headers
  WHERE dead_letter.replayed_at IS NOT NULL`;

const COLUMNS = `id, consumer, event_id AS "eventId", event_type AS "eventType", reason, detail, headers,
  length(body) AS bytes, died_at AS "diedAt", replayed_at AS "replayedAt"`;

const LIST = `
  SELECT ${COLUMNS} FROM platform.dead_letter
   WHERE $1::uuid IS NULL
      OR (died_at, id) < (SELECT died_at, id FROM platform.dead_letter WHERE id = $1::uuid)
   ORDER BY died_at DESC, id DESC LIMIT $2`;

const FIND = `SELECT ${COLUMNS}, encode(body, 'base64') AS body FROM platform.dead_letter WHERE id = $1::uuid`;
const REPLAYED = 'UPDATE platform.dead_letter SET replayed_at = clock_timestamp() WHERE id = $1::uuid';
const WAITING = 'SELECT count(*)::int AS rows FROM platform.dead_letter WHERE replayed_at IS NULL';

/**
 * The same for the same consumer and body, however often the broker delivers it: one letter that died again
 * after its replay is the same letter, waiting once more.
 */
function idOf({ consumer, body }: DeadLetter): string {
  const hash = createHash('sha256').update(`${consumer}\n`).update(body).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

@Injectable()
export class DeadLetterRepository {
  constructor(private readonly database: Database) {}

  async keep(letter: DeadLetter): Promise<void> {
    const { consumer, eventId, eventType, reason, detail, headers, body } = letter;
    // PostgreSQL's text cannot hold NUL, which a sender may put anywhere.
    const texts = [consumer, eventId, eventType, reason, detail, headers].map(
      (it) => it?.replaceAll('\0', '') ?? null,
    );
    await this.database.pools.worker.query(KEEP, [idOf(letter), ...texts, body]);
  }

  /** Newest first; `after` is the id of the last one of the page before. */
  list(limit: number, after?: string): Promise<DeadLetterEntry[]> {
    return this.raw.$queryRawUnsafe<DeadLetterEntry[]>(LIST, after ?? null, limit);
  }

  async find(id: string): Promise<StoredDeadLetter | undefined> {
    const [row] = await this.raw.$queryRawUnsafe<(DeadLetterEntry & { body: string })[]>(FIND, id);
    return row && { ...row, body: Buffer.from(row.body, 'base64') };
  }

  async markReplayed(id: string): Promise<void> {
    await this.raw.$executeRawUnsafe(REPLAYED, id);
  }

  async waiting(): Promise<number> {
    const [row] = await this.raw.$queryRawUnsafe<{ rows: number }[]>(WAITING);
    return row?.rows ?? 0;
  }

  private get raw(): RawTx {
    return this.database.workerClient as unknown as RawTx;
  }
}
