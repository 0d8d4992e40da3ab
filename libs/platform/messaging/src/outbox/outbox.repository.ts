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
    return this.rows<OutboxRow>(WAITING, [limit]);
  }

  /** Only the holder of the relay's lease can mark. */
  async markPublished(ids: string[], token: bigint): Promise<number> {
    return (await this.database.pools.worker.query(MARK, [ids, token])).rowCount ?? 0;
  }

  async backlog(): Promise<{ rows: number; oldestSeconds: number }> {
    const [row] = await this.rows<{ rows: number; oldestSeconds: number }>(BACKLOG, []);
    return row ?? { rows: 0, oldestSeconds: 0 };
  }

  /** Events of these types that were published, for a replay; sent rows are kept for a week. */
  published(from: Date, to: Date, types: string[]): Promise<OutboxRow[]> {
    return this.rows<OutboxRow>(SINCE, [from, to, types]);
  }

  /** Not through Prisma, which takes longer over a batch than the broker does. */
  private async rows<R extends QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
    return (await this.database.pools.worker.query<R>(text, values)).rows;
  }
}
