import { Injectable } from '@nestjs/common';
import { webhookDeliveryFailed, webhookSubscriptionDisabled } from '@orion/contracts';
import { Database } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { afterAttempt, type EndpointHealth } from './breaker';
import type { ClaimedDelivery } from './claim.repository';
import { errorOf, type Verdict, verdict } from './outcome';
import type { Sent } from './webhook.sender';

type Tx = Prisma.TransactionClient;

interface Endpoint extends EndpointHealth {
  url: string;
  active: boolean;
  now: Date;
}

const LOCK_ENDPOINT = `
  SELECT url, active, consecutive_failures AS "consecutiveFailures", failing_since AS "failingSince", now() AS now
    FROM webhook_subscription WHERE id = $1::uuid FOR NO KEY UPDATE`;

const SETTLE = `
  UPDATE webhook_delivery
     SET state = $3::text, attempts = attempts + 1, round = $4::int, lease_token = NULL,
         due_at = now() + $5::float8 * interval '1 second', response_status = $6::int, last_error = $7,
         delivered_at = CASE WHEN $3 = 'DELIVERED' THEN now() END
   WHERE id = $1::uuid AND lease_token = $2::uuid`;

const HEALTH = `
  UPDATE webhook_subscription
     SET consecutive_failures = $2::int, failing_since = $3::timestamptz,
         paused_until = now() + $4::float8 * interval '1 second'
   WHERE id = $1::uuid`;

const DISABLE = `UPDATE webhook_subscription SET active = false, disabled_reason = $2 WHERE id = $1::uuid`;

@Injectable()
export class ResultRepository {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Writes down what came of an attempt: delivery, attempt log, endpoint health and events in one transaction.
   * Answers undefined where the lease was lost; the attempt that has it now decides.
   */
  settle(delivery: ClaimedDelivery, sent: Sent): Promise<Verdict | undefined> {
    const chance = Math.random();
    return this.database.worker(async (tx) => {
      const [endpoint] = await tx.$queryRawUnsafe<Endpoint[]>(LOCK_ENDPOINT, delivery.subscriptionId);
      if (!endpoint) return undefined;
      const failures = delivery.round + 1;
      const decided = verdict(sent.attempt, { failures, now: endpoint.now, chance });
      if (!(await this.write(tx, delivery, sent, decided))) return undefined;
      await this.log(tx, delivery, sent);
      await this.judge(tx, delivery, endpoint, decided);
      return decided;
    });
  }

  private async write(
    tx: Tx,
    { id, leaseToken, round }: ClaimedDelivery,
    { attempt }: Sent,
    decided: Verdict,
  ) {
    const delay = decided.state === 'PENDING' ? decided.delaySeconds : 0;
    const failures = decided.state === 'DELIVERED' ? round : round + 1;
    const status = attempt.kind === 'answered' ? attempt.status : null;
    const error = decided.state === 'DELIVERED' ? null : decided.error;
    const rows = await tx.$executeRawUnsafe(
      SETTLE,
      id,
      leaseToken,
      decided.state,
      failures,
      delay,
      status,
      error,
    );
    return rows === 1;
  }

  private async log(tx: Tx, { id, organizationId, claimedAt }: ClaimedDelivery, sent: Sent): Promise<void> {
    const { attempt, durationMs, response } = sent;
    await tx.webhookAttempt.create({
      data: {
        id: uuid(),
        organizationId,
        deliveryId: id,
        at: claimedAt,
        durationMs,
        status: attempt.kind === 'answered' ? attempt.status : null,
        error: errorOf(attempt),
        response,
      },
    });
  }

  private async judge(
    tx: Tx,
    delivery: ClaimedDelivery,
    endpoint: Endpoint,
    decided: Verdict,
  ): Promise<void> {
    const { id, subscriptionId, organizationId, eventType } = delivery;
    const delivered = decided.state === 'DELIVERED';
    const health = afterAttempt(endpoint, delivered, endpoint.now);
    if (!delivered || endpoint.consecutiveFailures > 0) {
      const { consecutiveFailures, failingSince, pauseSeconds } = health;
      await tx.$executeRawUnsafe(HEALTH, subscriptionId, consecutiveFailures, failingSince, pauseSeconds);
    }
    if (decided.state === 'FAILED') {
      const data = { deliveryId: id, subscriptionId, eventType, error: decided.error };
      await this.outbox.publish(tx, webhookDeliveryFailed, { organizationId, subject: id, data });
    }
    const reason = (decided.state === 'FAILED' && decided.disable) || health.disable;
    if (!reason || !endpoint.active) return;
    await tx.$executeRawUnsafe(DISABLE, subscriptionId, reason);
    const data = { subscriptionId, url: endpoint.url, reason };
    await this.outbox.publish(tx, webhookSubscriptionDisabled, {
      organizationId,
      subject: subscriptionId,
      data,
    });
  }
}
