import { Controller } from '@nestjs/common';
import { listWebhookDeliveries, type Out, readWebhookDelivery, retryWebhookDelivery } from '@orion/contracts';
import { Database } from '@orion/database';
import type { Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { DeliveryRepository } from './delivery.repository';
import { WEBHOOK_CHANNEL } from './webhook-dispatch.job';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly deliveries: DeliveryRepository,
  ) {}

  @Implements(listWebhookDeliveries)
  list(
    @TheCall() { principal: { organizationId }, query }: Call<typeof listWebhookDeliveries>,
  ): Promise<Out<typeof listWebhookDeliveries>> {
    return this.database.tenant(organizationId, (tx) => this.deliveries.list(tx, organizationId, query));
  }

  @Implements(readWebhookDelivery)
  read(
    @TheCall() { principal: { organizationId }, params }: Call<typeof readWebhookDelivery>,
  ): Promise<Out<typeof readWebhookDelivery>> {
    return this.database.tenant(organizationId, (tx) => this.deliveries.read(tx, organizationId, params.id));
  }

  @Implements(retryWebhookDelivery)
  retry(
    @TheCall() { principal: { organizationId }, params }: Call<typeof retryWebhookDelivery>,
  ): Promise<Out<typeof retryWebhookDelivery>> {
    return this.database.tenant(organizationId, async (tx) => {
      await this.database.notify(tx, WEBHOOK_CHANNEL);
      return this.deliveries.retry(tx, organizationId, params.id);
    });
  }
}
