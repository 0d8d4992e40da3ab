import { Injectable } from '@nestjs/common';
import type { In, listWebhookDeliveries, Out, readWebhookDelivery } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { Prisma, WebhookAttempt, WebhookDelivery } from '../generated/prisma/client';
import { afterCursor, NEWEST_FIRST, pageOf } from '../id-page.query';
import { payloadOf } from './payload';

type Tx = Prisma.TransactionClient;
type Item = Out<typeof listWebhookDeliveries>['items'][number];
type Detail = Out<typeof readWebhookDelivery>;

export interface PublicFact {
  organizationId: string;
  eventId: string;
  eventType: string;
  timestamp: string;
  sequence: number;
  data: unknown;
  correlationId: string;
}

/** A delivery of one fact to one subscription, ready to be stored. */
export function newDelivery(subscriptionId: string, fact: PublicFact) {
  const { organizationId, eventId, eventType, correlationId } = fact;
  const id = uuid();
  const payload = payloadOf({ ...fact, deliveryId: id });
  return { id, organizationId, subscriptionId, eventId, eventType, payload, correlationId };
}

export const shownDelivery = (it: Omit<WebhookDelivery, 'payload'>): Item => ({
  id: it.id,
  subscriptionId: it.subscriptionId,
  eventId: it.eventId,
  eventType: it.eventType,
  state: it.state as Item['state'],
  attempts: it.attempts,
  nextAttemptAt: it.state === 'PENDING' ? it.dueAt.toISOString() : null,
  responseStatus: it.responseStatus,
  lastError: it.lastError,
  createdAt: it.createdAt.toISOString(),
  deliveredAt: it.deliveredAt?.toISOString() ?? null,
});

const shownAttempt = ({
  at,
  durationMs,
  status,
  error,
  response,
}: WebhookAttempt): Detail['attemptLog'][number] => ({
  at: at.toISOString(),
  durationMs,
  status,
  error,
  response,
});

const RETRY = `
  UPDATE webhook_delivery SET state = 'PENDING', round = 0, due_at = now()
   WHERE organization_id = $1::uuid AND id = $2::uuid AND state = 'FAILED'`;

@Injectable()
export class DeliveryRepository {
  async list(
    tx: Tx,
    organizationId: string,
    { limit, cursor, ...wanted }: In<typeof listWebhookDeliveries>['query'],
  ): Promise<Out<typeof listWebhookDeliveries>> {
    const rows = await tx.webhookDelivery.findMany({
      where: { organizationId, ...wanted, ...afterCursor(cursor) },
      omit: { payload: true },
      orderBy: NEWEST_FIRST,
      take: limit + 1,
    });
    return pageOf(rows, limit, shownDelivery);
  }

  /** @throws BusinessRuleException NOT_FOUND */
  async read(tx: Tx, organizationId: string, id: string): Promise<Detail> {
    const found = await tx.webhookDelivery.findFirst({
      where: { organizationId, id },
      include: { attemptLog: { orderBy: { id: 'asc' } } },
    });
    if (!found) throw new BusinessRuleException('NOT_FOUND');
    return {
      ...shownDelivery(found),
      payload: found.payload,
      attemptLog: found.attemptLog.map(shownAttempt),
    };
  }

  /**
   * Begins a new round of attempts of a failed delivery, under the same id.
   * @throws BusinessRuleException NOT_FOUND, NOT_RETRYABLE
   */
  async retry(tx: Tx, organizationId: string, id: string): Promise<Item> {
    const rows = await tx.$executeRawUnsafe(RETRY, organizationId, id);
    const found = await tx.webhookDelivery.findFirst({
      where: { organizationId, id },
      omit: { payload: true },
    });
    if (!found) throw new BusinessRuleException('NOT_FOUND');
    if (rows === 0) throw new BusinessRuleException('NOT_RETRYABLE', `The delivery is ${found.state}`);
    return shownDelivery(found);
  }
}
