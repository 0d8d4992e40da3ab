import { Injectable } from '@nestjs/common';
import { Database, type RawTx } from '@orion/database';

export interface OutboxRow {
  id: string;
  organization_id: string;
  aggregate_id: string;
  sequence: bigint;
  type: string;
  envelope: string;
}

export const RELAY_LEASE = 'outbox-relay';

const COLUMNS = 'id, organization_id, aggregate_id, sequence, type, envelope';

/** Rows not yet published, whatever their position: a lower one may commit later than a higher one. */
const WAITING = `SELECT ${COLUMNS} FROM platform.outbox WHERE published_at IS NULL ORDER BY position LIMIT $1`;

const MARK = `
  UPDATE platform.outbox SET published_at = clock_timestamp()
   WHERE id = ANY ($1::uuid[]) AND published_at IS NULL
     AND EXISTS (SELECT FROM platform.lease WHERE name = '${RELAY_LEASE}' AND token = $2)`;

const BACKLOG = `
  SELECT count(*)::int AS rows,
         coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS "oldestSeconds"
    FROM platform.outbox WHERE published_at IS NULL`;

const SINCE = `
  SELECT ${COLUMNS} FROM platform.outbox
   WHERE published_at IS NOT NULL AND created_at BETWEEN $1 AND $2 AND type = ANY ($3::text[])
   ORDER BY position`;

/** The relay's view of the outbox: all organizations. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  waiting(limit: number): Promise<OutboxRow[]> {
    return this.raw.$queryRawUnsafe<OutboxRow[]>(WAITING, limit);
  }

  /** Only the holder of the relay's lease can mark. */
  async markPublished(ids: string[], token: bigint): Promise<number> {
    return this.raw.$executeRawUnsafe(MARK, ids, token);
  }

  async backlog(): Promise<{ rows: number; oldestSeconds: number }> {
    const [row] = await this.raw.$queryRawUnsafe<{ rows: number; oldestSeconds: number }[]>(BACKLOG);
    return row ?? { rows: 0, oldestSeconds: 0 };
  }

  /** Events of these types that were published, for a replay; sent rows are kept for a week. */
  published(from: Date, to: Date, types: string[]): Promise<OutboxRow[]> {
    return this.raw.$queryRawUnsafe<OutboxRow[]>(SINCE, from, to, types);
  }

  private get raw(): RawTx {
    return this.database.workerClient as unknown as RawTx;
  }
}
