import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../generated/prisma/client';

/** Attempts on their way to one endpoint at most. */
export const PER_ENDPOINT = 4;
/** Longer than an attempt and the writing of its result can take. */
export const LEASE_SECONDS = 60;

export interface ClaimedDelivery {
  id: string;
  organizationId: string;
  subscriptionId: string;
  eventType: string;
  payload: string;
  url: string;
  secretSealed: string;
  leaseToken: string;
  /** Failed attempts in this round so far. */
  round: number;
  correlationId: string;
  /** By the database's clock. */
  claimedAt: Date;
}

/** Endpoints with open deliveries. Hops from one to the next in the index instead of reading every row. */
const OPEN_ENDPOINTS = `
  WITH RECURSIVE endpoint AS (
    (SELECT subscription_id FROM webhook_delivery
      WHERE state IN ('PENDING', 'SENDING') ORDER BY subscription_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.subscription_id FROM webhook_delivery d
             WHERE d.state IN ('PENDING', 'SENDING') AND d.subscription_id > endpoint.subscription_id
             ORDER BY d.subscription_id LIMIT 1)
      FROM endpoint WHERE endpoint.subscription_id IS NOT NULL)`;

/**
 * Endpoints with something due and a place free, the longest waiting first, each locked so that two dispatchers do
 * not count its attempts at the same time.
 */
export const READY_ENDPOINTS = `${OPEN_ENDPOINTS},
  waiting AS (
    SELECT s.id, CASE WHEN s.active
        THEN (SELECT min(d.due_at) FROM webhook_delivery d
               WHERE d.subscription_id = s.id AND d.state IN ('PENDING', 'SENDING'))
        ELSE (SELECT min(d.due_at) FROM webhook_delivery d
               WHERE d.subscription_id = s.id AND d.state IN ('PENDING', 'SENDING')
                 AND d.event_type = 'webhook.test')
      END AS since
      FROM endpoint e JOIN webhook_subscription s ON s.id = e.subscription_id
     WHERE (s.paused_until IS NULL OR s.paused_until <= now())
       AND ${PER_ENDPOINT} > (SELECT count(*) FROM webhook_delivery d
                               WHERE d.subscription_id = s.id AND d.state = 'SENDING' AND d.due_at > now())
       AND (SELECT enabled FROM dispatch_switch WHERE name = 'webhooks'))
  SELECT s.id FROM waiting w JOIN webhook_subscription s ON s.id = w.id
   WHERE w.since <= now()
   ORDER BY w.since LIMIT $1::int FOR NO KEY UPDATE OF s SKIP LOCKED`;

/** Runs after the endpoints are locked, in a statement of its own, so that it sees what others committed before. */
export const CLAIM_DELIVERIES = `
  WITH chosen AS MATERIALIZED (
    SELECT d.id FROM unnest($1::uuid[]) AS e(id)
      JOIN webhook_subscription s ON s.id = e.id
      CROSS JOIN LATERAL (
        SELECT greatest(${PER_ENDPOINT} - count(*), 0) AS places FROM webhook_delivery b
         WHERE b.subscription_id = s.id AND b.state = 'SENDING' AND b.due_at > now()) room
      CROSS JOIN LATERAL (
        SELECT x.id FROM webhook_delivery x
         WHERE x.subscription_id = s.id AND x.state IN ('PENDING', 'SENDING') AND x.due_at <= now()
           AND (s.active OR x.event_type = 'webhook.test')
         ORDER BY x.due_at LIMIT room.places FOR UPDATE SKIP LOCKED) d
     LIMIT $2::int)
  UPDATE webhook_delivery d
     SET state = 'SENDING', lease_token = $3::uuid, due_at = now() + $4::int * interval '1 second'
    FROM chosen, webhook_subscription s
   WHERE d.id = chosen.id AND s.id = d.subscription_id
  RETURNING d.id, d.organization_id AS "organizationId", d.subscription_id AS "subscriptionId",
    d.event_type AS "eventType", d.payload, s.url, s.secret_sealed AS "secretSealed",
    d.lease_token AS "leaseToken", d.round, d.correlation_id AS "correlationId", now() AS "claimedAt"`;

export const NEXT_DELIVERY = `${OPEN_ENDPOINTS}
  SELECT (extract(epoch FROM least(
      (SELECT min((SELECT min(d.due_at) FROM webhook_delivery d
                    WHERE d.subscription_id = e.subscription_id AND d.state IN ('PENDING', 'SENDING')
                      AND d.due_at > now()))
         FROM endpoint e),
      (SELECT min(paused_until) FROM webhook_subscription WHERE paused_until > now())
    ) - now()) * 1000)::float8 AS ms`;

@Injectable()
export class ClaimRepository {
  constructor(private readonly database: Database<PrismaClient>) {}

  /** Takes up to `count` due deliveries, for each endpoint as many as it has places free. */
  claim(count: number): Promise<ClaimedDelivery[]> {
    return this.database.worker(async (tx) => {
      const ready = await tx.$queryRawUnsafe<{ id: string }[]>(READY_ENDPOINTS, count);
      if (ready.length === 0) return [];
      const endpoints = ready.map(({ id }) => id);
      return tx.$queryRawUnsafe<ClaimedDelivery[]>(
        CLAIM_DELIVERIES,
        endpoints,
        count,
        randomUUID(),
        LEASE_SECONDS,
      );
    });
  }

  /** Milliseconds until the next delivery is due or the next pause ends; null where nothing is waiting. */
  async untilNext(): Promise<number | null> {
    const [row] = await this.database.workerClient.$queryRawUnsafe<{ ms: number | null }[]>(NEXT_DELIVERY);
    return row?.ms ?? null;
  }
}
