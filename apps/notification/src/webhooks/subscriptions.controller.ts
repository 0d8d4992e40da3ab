import { Controller } from '@nestjs/common';
import {
  changeWebhookSubscription,
  createWebhookSubscription,
  deleteWebhookSubscription,
  listWebhookEventTypes,
  listWebhookSubscriptions,
  type Out,
  readWebhookSubscription,
  replaceWebhookSubscription,
  testWebhookSubscription,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import type { Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { eventTypeCatalogue, eventTypesProblem } from './event-types';
import { SubscriptionRepository } from './subscription.repository';
import { QueueTestEvent } from './queue-test-event.use-case';
import { WEBHOOK_CHANNEL } from './webhook-dispatch.job';
import { WebhookTargetCheck } from './webhook-target.check';

const CATALOGUE = { items: eventTypeCatalogue() };

@Controller()
export class SubscriptionsController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly subscriptions: SubscriptionRepository,
    private readonly target: WebhookTargetCheck,
    private readonly queueTestEvent: QueueTestEvent,
  ) {}

  @Implements(listWebhookEventTypes)
  eventTypes(): Promise<Out<typeof listWebhookEventTypes>> {
    return Promise.resolve(CATALOGUE);
  }

  /** The secret is read back from its sealed form, so that the stored reply of an idempotent call does not hold it. */
  @Implements(createWebhookSubscription)
  async create(
    @TheCall() call: Call<typeof createWebhookSubscription>,
  ): Promise<Out<typeof createWebhookSubscription>> {
    await this.check(call.body);
    const { organizationId } = call.principal;
    const created = await this.database.execute(call, (tx) =>
      this.subscriptions.create(tx, organizationId, call.body),
    );
    const secret = await this.database.tenant(organizationId, (tx) =>
      this.subscriptions.secret(tx, organizationId, created.id),
    );
    return { ...created, secret };
  }

  @Implements(listWebhookSubscriptions)
  list(
    @TheCall() { principal: { organizationId }, query }: Call<typeof listWebhookSubscriptions>,
  ): Promise<Out<typeof listWebhookSubscriptions>> {
    return this.database.tenant(organizationId, (tx) => this.subscriptions.list(tx, organizationId, query));
  }

  @Implements(readWebhookSubscription)
  read(
    @TheCall() { principal: { organizationId }, params }: Call<typeof readWebhookSubscription>,
  ): Promise<Out<typeof readWebhookSubscription>> {
    return this.database.tenant(organizationId, (tx) =>
      this.subscriptions.read(tx, organizationId, params.id),
    );
  }

  @Implements(replaceWebhookSubscription)
  async replace(
    @TheCall() { principal: { organizationId }, params, body }: Call<typeof replaceWebhookSubscription>,
  ): Promise<Out<typeof replaceWebhookSubscription>> {
    return this.changed(organizationId, params.id, body);
  }

  @Implements(changeWebhookSubscription)
  change(
    @TheCall() { principal: { organizationId }, params, body }: Call<typeof changeWebhookSubscription>,
  ): Promise<Out<typeof changeWebhookSubscription>> {
    return this.changed(organizationId, params.id, body);
  }

  @Implements(deleteWebhookSubscription)
  async remove(
    @TheCall() { principal: { organizationId }, params }: Call<typeof deleteWebhookSubscription>,
  ): Promise<undefined> {
    await this.database.tenant(organizationId, (tx) =>
      this.subscriptions.remove(tx, organizationId, params.id),
    );
  }

  @Implements(testWebhookSubscription)
  test(
    @TheCall() { principal: { organizationId }, params, correlationId }: Call<typeof testWebhookSubscription>,
  ): Promise<Out<typeof testWebhookSubscription>> {
    return this.database.tenant(organizationId, (tx) =>
      this.queueTestEvent.run(tx, { organizationId, subscriptionId: params.id, correlationId }),
    );
  }

  private async changed(
    organizationId: string,
    id: string,
    body: Call<typeof changeWebhookSubscription>['body'],
  ): Promise<Out<typeof changeWebhookSubscription>> {
    await this.check(body);
    return this.database.tenant(organizationId, async (tx) => {
      await this.database.notify(tx, WEBHOOK_CHANNEL);
      return this.subscriptions.change(tx, organizationId, id, body);
    });
  }

  private async check({ url, eventTypes }: { url?: string; eventTypes?: string[] }): Promise<void> {
    const problem = eventTypes ? eventTypesProblem(eventTypes) : null;
    if (problem !== null) throw new BusinessRuleException('UNKNOWN_EVENT_TYPE', problem);
    if (url !== undefined) await this.target.assertAllowed(url);
  }
}
