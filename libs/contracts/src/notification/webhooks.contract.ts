import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery, PageQuery } from '../core/page';
import { Id, IdParams, Timestamp } from '../core/primitives';

const EventTypes = z
  .array(z.string().min(1).max(100))
  .min(1)
  .max(100)
  .meta({ description: 'Webhook event types, or `*` alone for all of them' });

const subscription = {
  url: z.url({ protocol: /^https?$/, message: 'must be an http or https address' }).max(2000),
  eventTypes: EventTypes,
  description: z.string().trim().max(500),
  active: z.boolean(),
};

export const WebhookSubscription = z
  .object({
    id: Id,
    ...subscription,
    /** Why deliveries stopped without the owner's doing; null while they have not. */
    disabledReason: z.string().nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'WebhookSubscription' });

/** The secret is shown here once and never again. */
export const CreatedWebhookSubscription = WebhookSubscription.extend({ secret: z.string() }).meta({
  id: 'CreatedWebhookSubscription',
});

const SubscriptionBody = z.strictObject({
  ...subscription,
  description: subscription.description.default(''),
  active: subscription.active.default(true),
});

export const DeliveryState = z.enum(['PENDING', 'SENDING', 'DELIVERED', 'FAILED']);

export const WebhookDelivery = z
  .object({
    /** The `webhook-id` header: stable over retries. */
    id: Id,
    subscriptionId: Id,
    eventId: Id,
    eventType: z.string(),
    state: DeliveryState,
    attempts: z.number().int(),
    nextAttemptAt: Timestamp.nullable(),
    responseStatus: z.number().int().nullable(),
    lastError: z.string().nullable(),
    createdAt: Timestamp,
    deliveredAt: Timestamp.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const WebhookDeliveryDetail = WebhookDelivery.extend({
  payload: z.string(),
  attemptLog: z.array(
    z.object({
      at: Timestamp,
      durationMs: z.number().int(),
      status: z.number().int().nullable(),
      error: z.string().nullable(),
      /** First 2,000 characters of the answer. */
      response: z.string(),
    }),
  ),
}).meta({ id: 'WebhookDeliveryDetail' });

const at = '/admin/webhooks';

export const listWebhookEventTypes = endpoint({
  id: 'webhooks.event-types',
  service: 'notification',
  method: 'GET',
  path: `${at}/event-types`,
  summary: 'Event types that can be subscribed, with their schemas',
  access: 'webhook.view',
  reply: z.object({
    items: z.array(
      z.object({ type: z.string(), summary: z.string(), schema: z.record(z.string(), z.unknown()) }),
    ),
  }),
});

export const createWebhookSubscription = endpoint({
  id: 'webhooks.subscriptions.create',
  service: 'notification',
  method: 'POST',
  path: `${at}/subscriptions`,
  summary: 'Subscribe an address to events; answers with the signing secret, once',
  access: 'webhook.manage',
  idempotency: 'optional',
  status: 201,
  input: { body: SubscriptionBody },
  reply: CreatedWebhookSubscription,
  errors: ['TARGET_REFUSED', 'UNKNOWN_EVENT_TYPE'],
});

export const listWebhookSubscriptions = endpoint({
  id: 'webhooks.subscriptions.list',
  service: 'notification',
  method: 'GET',
  path: `${at}/subscriptions`,
  summary: 'Webhook subscriptions, newest first',
  access: 'webhook.view',
  input: { query: PageQuery },
  reply: page(WebhookSubscription),
});

export const readWebhookSubscription = endpoint({
  id: 'webhooks.subscriptions.read',
  service: 'notification',
  method: 'GET',
  path: `${at}/subscriptions/:id`,
  summary: 'One webhook subscription',
  access: 'webhook.view',
  input: { params: IdParams },
  reply: WebhookSubscription,
  errors: ['NOT_FOUND'],
});

export const replaceWebhookSubscription = endpoint({
  id: 'webhooks.subscriptions.replace',
  service: 'notification',
  method: 'PUT',
  path: `${at}/subscriptions/:id`,
  summary: 'Replace a webhook subscription; its secret stays',
  access: 'webhook.manage',
  input: { params: IdParams, body: SubscriptionBody },
  reply: WebhookSubscription,
  errors: ['NOT_FOUND', 'TARGET_REFUSED', 'UNKNOWN_EVENT_TYPE'],
});

export const changeWebhookSubscription = endpoint({
  id: 'webhooks.subscriptions.change',
  service: 'notification',
  method: 'PATCH',
  path: `${at}/subscriptions/:id`,
  summary: 'Change a webhook subscription; activating it clears a disabled one',
  access: 'webhook.manage',
  input: { params: IdParams, body: z.strictObject(subscription).partial() },
  reply: WebhookSubscription,
  errors: ['NOT_FOUND', 'TARGET_REFUSED', 'UNKNOWN_EVENT_TYPE'],
});

export const deleteWebhookSubscription = endpoint({
  id: 'webhooks.subscriptions.delete',
  service: 'notification',
  method: 'DELETE',
  path: `${at}/subscriptions/:id`,
  summary: 'End a webhook subscription; its deliveries go with it',
  access: 'webhook.manage',
  status: 204,
  input: { params: IdParams },
  reply: z.undefined(),
  errors: ['NOT_FOUND'],
});

export const testWebhookSubscription = endpoint({
  id: 'webhooks.subscriptions.test',
  service: 'notification',
  method: 'POST',
  path: `${at}/subscriptions/:id/test`,
  summary: 'Queue a `webhook.test` event for this subscription',
  access: 'webhook.manage',
  status: 202,
  input: { params: IdParams },
  reply: WebhookDelivery,
  errors: ['NOT_FOUND'],
});

export const listWebhookDeliveries = endpoint({
  id: 'webhooks.deliveries.list',
  service: 'notification',
  method: 'GET',
  path: `${at}/deliveries`,
  summary: 'Webhook deliveries, newest first',
  access: 'webhook.view',
  input: {
    query: z.strictObject({
      ...pageQuery,
      subscriptionId: Id.optional(),
      state: DeliveryState.optional(),
      eventType: z.string().max(100).optional(),
    }),
  },
  reply: page(WebhookDelivery),
});

export const readWebhookDelivery = endpoint({
  id: 'webhooks.deliveries.read',
  service: 'notification',
  method: 'GET',
  path: `${at}/deliveries/:id`,
  summary: 'One webhook delivery with its attempts',
  access: 'webhook.view',
  input: { params: IdParams },
  reply: WebhookDeliveryDetail,
  errors: ['NOT_FOUND'],
});

export const retryWebhookDelivery = endpoint({
  id: 'webhooks.deliveries.retry',
  service: 'notification',
  method: 'POST',
  path: `${at}/deliveries/:id/retry`,
  summary: 'Send a failed delivery again, with the same id',
  access: 'webhook.manage',
  status: 202,
  input: { params: IdParams },
  reply: WebhookDelivery,
  errors: ['NOT_FOUND', 'NOT_RETRYABLE'],
});
