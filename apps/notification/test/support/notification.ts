import {
  createWebhookSubscription,
  type EventContract,
  type EventEnvelope,
  readWebhookDelivery,
  type Reply,
  testWebhookSubscription,
} from '@orion/contracts';
import { Database } from '@orion/database';
import type { TestClaims } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../../src/generated/prisma/client';
import { startService } from './service';

/** The notification service with its database at hand. */
export async function startNotification(env: Record<string, string> = {}) {
  const service = await startService(env);
  const database: Database<PrismaClient> = service.app.get(Database);
  return { ...service, db: database.workerClient, databaseOf: database };
}

export type NotificationService = Awaited<ReturnType<typeof startNotification>>;

/** Somebody in an organization of their own who may do everything here. */
export const someone = (organizationId: string = randomUUID()): TestClaims & { organizationId: string } => ({
  userId: randomUUID(),
  organizationId,
  permissions: ['webhook.view', 'webhook.manage', 'notification.view'],
});

export const subscribe = (
  service: NotificationService,
  as: TestClaims,
  url: string,
  eventTypes: string[] = ['*'],
): Promise<Reply<typeof createWebhookSubscription>> =>
  service.call(createWebhookSubscription, { body: { url, eventTypes } }, { as });

/** Queues a test event; answers with the delivery's id. */
export const sendTest = async (service: NotificationService, as: TestClaims, id: string): Promise<string> =>
  (await service.call(testWebhookSubscription, { params: { id } }, { as })).id;

export const deliveryOf = (service: NotificationService, as: TestClaims, id: string) =>
  service.call(readWebhookDelivery, { params: { id } }, { as });

/** Events of a type that this service published about a subject. */
export async function published(
  service: NotificationService,
  { type }: EventContract,
  subject: string,
): Promise<Record<string, unknown>[]> {
  const rows = await service.db.$queryRaw<{ envelope: string }[]>`
    SELECT envelope FROM platform.outbox WHERE type = ${type} AND aggregate_id = ${subject} ORDER BY sequence`;
  return rows.map((row) => (JSON.parse(row.envelope) as EventEnvelope).data as Record<string, unknown>);
}

/** Makes what is waiting due now. */
export const hurry = (service: NotificationService): Promise<number> =>
  service.db
    .$executeRawUnsafe(
      `UPDATE webhook_delivery SET due_at = now() - interval '1 second' WHERE state = 'PENDING'`,
    )
    .then(async (count) => {
      await service.db.$executeRawUnsafe(`SELECT pg_notify('notification_webhooks', '')`);
      return count;
    });
