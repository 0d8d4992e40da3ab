import { Module } from '@nestjs/common';
import { AddressResolver } from '@orion/outbound';
import { ClaimRepository } from './claim.repository';
import { DeliveriesController } from './deliveries.controller';
import { DeliveryRepository } from './delivery.repository';
import { QueueTestEvent } from './queue-test-event.use-case';
import { ResultRepository } from './result.repository';
import { SecretCipher } from './secret.cipher';
import { SubscriptionRepository } from './subscription.repository';
import { SubscriptionsController } from './subscriptions.controller';
import { WebhookDispatch } from './webhook-dispatch.job';
import { WebhookSender } from './webhook.sender';
import { WebhookTargetCheck } from './webhook-target.check';
import { WebhooksConsumer } from './webhooks.consumer';

@Module({
  controllers: [SubscriptionsController, DeliveriesController],
  providers: [
    AddressResolver,
    ClaimRepository,
    DeliveryRepository,
    QueueTestEvent,
    ResultRepository,
    SecretCipher,
    SubscriptionRepository,
    WebhookDispatch,
    WebhookSender,
    WebhookTargetCheck,
    WebhooksConsumer,
  ],
})
export class WebhooksModule {}
