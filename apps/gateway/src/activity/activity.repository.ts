import { Injectable } from '@nestjs/common';
import type { EventEnvelope, Page, Reply, streamActivity } from '@orion/contracts';
import { Database, decodeCursor, encodeCursor, type StatementTx } from '@orion/database';
import { FieldProblems } from '@orion/problem';
import type { Activity as Row, PrismaClient } from '../generated/prisma/client';
import { activityText, serviceOrderOf } from './activity-text';

export type ActivityLine = Reply<typeof streamActivity>;

const lineOf = ({ organizationId: _, position, at, ...row }: Row): ActivityLine => ({
  ...row,
  position: Number(position),
  at: at.toISOString(),
});

/** @throws FieldProblems for a cursor of another list */
function positionOf(value: string | number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new FieldProblems([{ field: 'query.cursor', reason: 'is not a cursor of this list' }]);
}

const APPEND = {
  name: 'activity_append',
  text: `
  WITH line AS (
    SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::timestamptz[])
      WITH ORDINALITY AS line (event_id, type, text, subject, service_order_id, correlation_id, at, nth)
  ), taken AS (
    INSERT INTO activity_position (organization_id, last) SELECT $1::uuid, count(*) FROM line
    ON CONFLICT (organization_id) DO UPDATE SET last = activity_position.last + excluded.last
    RETURNING last
  )
  INSERT INTO activity
    (organization_id, position, event_id, type, text, subject, service_order_id, correlation_id, at)
  SELECT $1::uuid, taken.last - count(*) OVER () + nth, event_id, type, text, subject, service_order_id,
         correlation_id, at
    FROM line, taken`,
};

export const activityChannel = (organizationId: string): string => `activity:${organizationId}`;

@Injectable()
export class ActivityRepository {
  constructor(private readonly database: Database<PrismaClient>) {}

  /**
   * Adds the next lines of an organization's feed, in the order of the events, together with the commit. The row of
   * `activity_position` is locked until then, so positions become visible in their order: who has read up to one never
   * misses a lower one.
   */
  async append(tx: StatementTx, organizationId: string, events: readonly EventEnvelope[]): Promise<void> {
    const column = (value: (event: EventEnvelope) => string | null) => events.map(value);
    const values = [
      organizationId,
      column(({ id }) => id),
      column(({ type }) => type),
      column(({ type, data }) => activityText({ type, data })),
      column(({ subject }) => subject),
      column(({ data }) => serviceOrderOf(data)),
      column(({ correlationid }) => correlationid),
      column(({ time }) => time),
    ];
    this.database.atCommit(tx, APPEND, values, APPEND.name);
    await this.database.notify(tx, activityChannel(organizationId));
  }

  /** Lines after a position, oldest first. */
  async after(organizationId: string, position: number, limit: number): Promise<ActivityLine[]> {
    const rows = await this.database.tenant(organizationId, (tx) =>
      tx.activity.findMany({
        where: { organizationId, position: { gt: position } },
        orderBy: { position: 'asc' },
        take: limit,
      }),
    );
    return rows.map(lineOf);
  }

  /** The newest position; 0 for an empty feed. */
  async last(organizationId: string): Promise<number> {
    const row = await this.database.tenant(organizationId, (tx) =>
      tx.activityPosition.findUnique({ where: { organizationId } }),
    );
    return Number(row?.last ?? 0);
  }

  /** A page of the feed, newest first. */
  async page(
    organizationId: string,
    query: { limit: number; cursor?: string; serviceOrderId?: string },
  ): Promise<Page<ActivityLine>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    const rows = await this.database.tenant(organizationId, (tx) =>
      tx.activity.findMany({
        where: {
          organizationId,
          ...(query.serviceOrderId ? { serviceOrderId: query.serviceOrderId } : {}),
          ...(before === undefined ? {} : { position: { lt: positionOf(before) } }),
        },
        orderBy: { position: 'desc' },
        take: query.limit + 1,
      }),
    );
    const items = rows.slice(0, query.limit).map(lineOf);
    const more = rows.length > query.limit ? items.at(-1) : undefined;
    return { items, nextCursor: more ? encodeCursor([more.position]) : null };
  }
}
