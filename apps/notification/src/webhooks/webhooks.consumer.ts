import { Injectable } from '@nestjs/common';
import { eventContract, type EventEnvelope, WEBHOOK_EVENTS } from '@orion/contracts';
import { Database } from '@orion/database';
import type { EventConsumer } from '@orion/messaging';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { newDelivery } from './delivery.repository';
import { wants } from './event-types';
import { WEBHOOK_CHANNEL } from './webhook-dispatch.job';

/** Queues a delivery of each public event for every subscription that wants it. */
@Injectable()
export class WebhooksConsumer implements EventConsumer {
  readonly name = 'notification.webhooks';
  readonly events = [...WEBHOOK_EVENTS.values()];

  constructor(private readonly database: Database<PrismaClient>) {}

  async handle(tx: Prisma.TransactionClient, event: EventEnvelope): Promise<void> {
    const eventType = eventContract(event.type)?.webhook?.type;
    if (eventType === undefined) return;
    const subscriptions = await tx.webhookSubscription.findMany({
      where: { organizationId: event.organizationid, active: true },
      select: { id: true, eventTypes: true },
    });
    const wanting = subscriptions.filter(({ eventTypes }) => wants(eventTypes, eventType));
    if (wanting.length === 0) return;
    const fact = {
      organizationId: event.organizationid,
      eventId: event.id,
      eventType,
      timestamp: event.time,
      sequence: event.sequence,
      data: event.data,
      correlationId: event.correlationid,
    };
    const data = wanting.map(({ id }) => newDelivery(id, fact));
    await tx.webhookDelivery.createMany({ data, skipDuplicates: true });
    await this.database.notify(tx, WEBHOOK_CHANNEL);
  }
}
