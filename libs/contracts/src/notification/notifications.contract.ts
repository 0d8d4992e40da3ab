import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Id, Language, Timestamp } from '../core/primitives';

export const NotificationState = z.enum(['QUEUED', 'SENT', 'FAILED']);

export const Notification = z
  .object({
    /** Also the Message-ID's left part. */
    id: Id,
    channel: z.enum(['EMAIL']),
    template: z.string(),
    language: Language,
    recipientName: z.string(),
    recipientAddress: z.string(),
    subject: z.string(),
    state: NotificationState,
    attempts: z.number().int(),
    lastError: z.string().nullable(),
    /** The service order it is about, if any. */
    serviceOrderId: Id.nullable(),
    createdAt: Timestamp,
    sentAt: Timestamp.nullable(),
  })
  .meta({ id: 'Notification' });

export const listNotifications = endpoint({
  id: 'notifications.list',
  service: 'notification',
  method: 'GET',
  path: '/notifications',
  summary: 'What was sent to whom, newest first',
  access: 'notification.view',
  input: {
    query: z.strictObject({
      ...pageQuery,
      state: NotificationState.optional(),
      serviceOrderId: Id.optional(),
    }),
  },
  reply: page(Notification),
});
