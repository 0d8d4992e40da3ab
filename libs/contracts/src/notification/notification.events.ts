import { z } from 'zod';
import { RecordChange } from '../core/change';
import { event } from '../core/event';
import { Id } from '../core/primitives';

export const notificationSent = event({
  type: 'orion.notification.notification.sent.v1',
  summary: 'A message left the house',
  data: z.object({
    notificationId: Id,
    template: z.string(),
    channel: z.string(),
    recipientName: z.string(),
    serviceOrderId: Id.nullable(),
  }),
});

export const notificationFailed = event({
  type: 'orion.notification.notification.failed.v1',
  summary: 'A message could not be sent and will not be tried again',
  data: notificationSent.data.extend({ error: z.string() }),
});

export const webhookDeliveryFailed = event({
  type: 'orion.notification.webhook-delivery.failed.v1',
  summary: 'A webhook delivery was given up after its last attempt',
  data: z.object({ deliveryId: Id, subscriptionId: Id, eventType: z.string(), error: z.string() }),
});

export const webhookSubscriptionDisabled = event({
  type: 'orion.notification.webhook-subscription.disabled.v1',
  summary: 'A webhook subscription was disabled because its receiver refused or failed',
  data: z.object({ subscriptionId: Id, url: z.string(), reason: z.string() }),
});

export const notificationRecordChanged = event({
  type: 'orion.notification.record.changed.v1',
  summary: 'Somebody administered a record of notification',
  audit: true,
  data: RecordChange,
});
