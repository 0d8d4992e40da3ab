import { Injectable } from '@nestjs/common';
import type { Out, testWebhookSubscription } from '@orion/contracts';
import { Database } from '@orion/database';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { newDelivery, shownDelivery } from './delivery.repository';
import { TEST_TYPE } from './event-types';
import { SubscriptionRepository } from './subscription.repository';
import { WEBHOOK_CHANNEL } from './webhook-dispatch.job';

export interface TestEventFor {
  organizationId: string;
  subscriptionId: string;
  correlationId: string;
}

/** Queues a `webhook.test` event; it goes out to an inactive subscription as well. */
@Injectable()
export class QueueTestEvent {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly subscriptions: SubscriptionRepository,
  ) {}

  /** @throws BusinessRuleException NOT_FOUND */
  async run(
    tx: Prisma.TransactionClient,
    { organizationId, subscriptionId, correlationId }: TestEventFor,
  ): Promise<Out<typeof testWebhookSubscription>> {
    await this.subscriptions.read(tx, organizationId, subscriptionId);
    const data = newDelivery(subscriptionId, {
      organizationId,
      eventId: uuid(),
      eventType: TEST_TYPE,
      timestamp: new Date().toISOString(),
      sequence: 1,
      data: { subscriptionId, message: 'This is a test of your webhook' },
      correlationId,
    });
    const created = await tx.webhookDelivery.create({ data });
    await this.database.notify(tx, WEBHOOK_CHANNEL);
    return shownDelivery(created);
  }
}
