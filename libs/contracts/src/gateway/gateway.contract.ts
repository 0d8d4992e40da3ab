import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Id, Timestamp } from '../core/primitives';
import { OrderState } from '../scheduling/service-orders.contract';

/** One line of the activity feed: an event, told in words. */
export const Activity = z
  .object({
    /** Grows with time inside the organization: the resume id of the live stream. */
    position: z.number().int(),
    eventId: Id,
    type: z.string(),
    text: z.string(),
    subject: z.string(),
    serviceOrderId: Id.nullable(),
    correlationId: z.string(),
    at: Timestamp,
  })
  .meta({ id: 'Activity' });

export const Overview = z
  .object({
    orders: z
      .object({ total: z.number().int(), byState: z.partialRecord(OrderState, z.number().int()) })
      .nullable(),
    notifications: z.object({ recent: z.number().int(), failed: z.number().int() }).nullable(),
    webhooks: z.object({ recent: z.number().int(), failed: z.number().int() }).nullable(),
    activity: z.array(Activity).nullable(),
    /** Parts that did not answer in time and are null above. */
    missing: z.array(z.enum(['orders', 'notifications', 'webhooks', 'activity'])),
  })
  .meta({ id: 'Overview' });

export const readOverview = endpoint({
  id: 'overview.read',
  service: 'gateway',
  method: 'GET',
  path: '/overview',
  summary: 'The organization at a glance; answers with the parts it has',
  access: 'activity.view',
  reply: Overview,
});

export const listActivity = endpoint({
  id: 'activity.list',
  service: 'gateway',
  method: 'GET',
  path: '/activity',
  summary: 'The activity feed, newest first',
  access: 'activity.view',
  input: { query: z.strictObject({ ...pageQuery, serviceOrderId: Id.optional() }) },
  reply: page(Activity),
});

export const streamActivity = endpoint({
  id: 'activity.stream',
  service: 'gateway',
  method: 'GET',
  path: '/activity/stream',
  summary: 'The activity feed as it happens (server-sent events); resumes after `Last-Event-ID`',
  access: 'activity.view',
  input: {
    query: z.strictObject({ after: z.coerce.number().int().min(0).optional() }),
  },
  stream: true,
  reply: Activity,
});
