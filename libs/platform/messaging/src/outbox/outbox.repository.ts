import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import type { QueryResultRow } from 'pg';

export interface OutboxRow {
  id: string;
  organization_id: string;
  aggregate_id: string;
  /** A bigint, as PostgreSQL writes it. */
  sequence: string;
  type: string;
  envelope: string;
}

export const RELAY_LEASE = 'outbox-relay';

const COLUMNS = 'id, organization_id, aggregate_id, sequence, type, envelope';

/** Rows not yet published, whatever their position: a lower one may commit later than a higher one. */
const WAITING = `
  SELECT ${COLUMNS} FROM platform.outbox
   WHERE published_at IS NULL AND id <> ALL ($2::uuid[]) ORDER BY position LIMIT $1`;

const MARK = `
  UPDATE platform.outbox SET published_at = clock_timestamp()
   WHERE id = ANY ($1::uuid[]) AND published_at IS NULL
     AND EXISTS (SELECT FROM platform.lease WHERE name = '${RELAY_LEASE}' AND token = $2)`;

const BACKLOG = `
  SELECT count(*)::int AS rows,
         coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS "oldestSeconds"
    FROM platform.outbox WHERE published_at IS NULL`;

/** A page ends with so many rows to send, or so many that were looked at, whichever comes first. */
const PAGE = { sent: 1_000, seen: 10_000 };

/** The id up to which a page looks; none where fewer rows are left. */
const PAGE_END = `
  SELECT id FROM platform.outbox WHERE id > $1::uuid AND id <= $2::uuid ORDER BY id OFFSET ${PAGE.seen - 1} LIMIT 1`;

/** By the primary key: however rare the types are, a page reads no more than what it may look at. */
const PAGE_ROWS = `
  SELECT ${COLUMNS} FROM platform.outbox
   WHERE id > $1::uuid AND id <= $2::uuid AND type = ANY ($3::text[]) ORDER BY id LIMIT ${PAGE.sent}`;

export interface OutboxPage {
  /** Those of one aggregate in its order. */
  rows: OutboxRow[];
  /** Id of the last row that was looked at; null where nothing is left behind it. */
  last: string | null;
  more: boolean;
}

const bySequence = (one: OutboxRow, other: OutboxRow): number =>
  Number(one.sequence) - Number(other.sequence);

/** The relay's view of the outbox: all organizations. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /** @param except ids of rows that are waited for already */
  waiting(limit: number, except: readonly string[]): Promise<OutboxRow[]> {
    return this.rows<OutboxRow>(WAITING, [limit, except]);
  }

  /** Only the holder of the relay's lease can mark. */
  async markPublished(ids: string[], token: bigint): Promise<number> {
    return (await this.database.pools.worker.query(MARK, [ids, token])).rowCount ?? 0;
  }

  async backlog(): Promise<{ rows: number; oldestSeconds: number }> {
    const [row] = await this.rows<{ rows: number; oldestSeconds: number }>(BACKLOG, []);
    return row ?? { rows: 0, oldestSeconds: 0 };
  }

  /** Events of these types in a range of ids, published or not; published ones are kept for a week. */
  async page(types: string[], { after, upTo }: { after: string; upTo: string }): Promise<OutboxPage> {
    const [end] = await this.rows<{ id: string }>(PAGE_END, [after, upTo]);
    const rows = await this.rows<OutboxRow>(PAGE_ROWS, [after, end?.id ?? upTo, types]);
    const last = rows.length === PAGE.sent ? rows.at(-1) : end;
    return { rows: rows.sort(bySequence), last: last?.id ?? null, more: last !== undefined };
  }

  /** Not through Prisma, which takes longer over a batch than the broker does. */
  private async rows<R extends QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
    return (await this.database.pools.worker.query<R>(text, values)).rows;
  }
}
