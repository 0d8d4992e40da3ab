import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { CLAIM_MAILS, MAIL_LEASE_SECONDS, NEXT_MAIL } from '../src/mail/mail.repository';
import {
  CLAIM_DELIVERIES,
  LEASE_SECONDS,
  NEXT_DELIVERY,
  READY_ENDPOINTS,
} from '../src/webhooks/claim.repository';
import { type NotificationService, startNotification } from './support/notification';

let service: NotificationService;
const organizationId = randomUUID();
const subscriptionIds = Array.from({ length: 20 }, () => randomUUID());

const FILL = [
  `UPDATE dispatch_switch SET enabled = false`,
  `INSERT INTO webhook_subscription (id, organization_id, url, event_types, secret_sealed)
   SELECT id, $1::uuid, 'https://example.org', '{*}', 'x' FROM unnest($2::uuid[]) id`,
  `INSERT INTO webhook_delivery (id, organization_id, subscription_id, event_id, event_type, payload, correlation_id, state)
   SELECT gen_random_uuid(), $1::uuid, ($2::uuid[])[1 + n % 20], gen_random_uuid(), 'order.confirmed', '{}', 'x',
     (CASE WHEN n % 200 = 0 THEN 'PENDING' WHEN n % 199 = 0 THEN 'FAILED' ELSE 'DELIVERED' END)
     FROM generate_series(1, 20000) n WHERE $2::uuid[] IS NOT NULL`,
  `INSERT INTO notification (id, organization_id, event_id, template, recipient_id, recipient_name, recipient_address,
     language, subject, text, html, correlation_id, service_order_id, state)
   SELECT gen_random_uuid(), $1::uuid, gen_random_uuid(), 'x', gen_random_uuid(), 'x', 'x', 'en', 'x', 'x', 'x', 'x',
     gen_random_uuid(), (CASE WHEN n % 200 = 0 THEN 'QUEUED' ELSE 'SENT' END)
     FROM generate_series(1, 20000) n WHERE $2::uuid[] IS NOT NULL`,
];

beforeAll(async () => {
  service = await startNotification();
  const [off, ...fill] = FILL;
  await service.db.$executeRawUnsafe(off ?? '');
  for (const statement of fill)
    await service.db.$executeRawUnsafe(statement, organizationId, subscriptionIds);
  await withClient(service.database.ownerUrl, (client) => client.query('ANALYZE'));
});

afterAll(() => service?.close());

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Node[];
}

const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

/** Index names a statement uses; fails where it reads a table of rows from end to end. */
function indexes(rows: { 'QUERY PLAN': { Plan: Node }[] }[]): string[] {
  const all = nodes(rows[0]?.['QUERY PLAN'][0]?.Plan as Node);
  const scanned = all.filter((it) => it['Node Type'] === 'Seq Scan').map((it) => it['Relation Name']);
  expect(scanned).not.toContain('webhook_delivery');
  expect(scanned).not.toContain('notification');
  return all.flatMap((it) => it['Index Name'] ?? []);
}

type Plan = { 'QUERY PLAN': { Plan: Node }[] }[];

const asWorker = async (statement: string, ...values: unknown[]) =>
  indexes(
    await service.databaseOf.worker((tx) =>
      tx.$queryRawUnsafe<Plan>(`EXPLAIN (FORMAT JSON) ${statement}`, ...values),
    ),
  );

const asApp = async (statement: string, ...values: unknown[]) =>
  indexes(
    await service.databaseOf.tenant(organizationId, (tx) =>
      tx.$queryRawUnsafe<Plan>(`EXPLAIN (FORMAT JSON) ${statement}`, ...values),
    ),
  );

describe('tables', () => {
  it('are all under forced row-level security or on the allow-list', async () => {
    const uncovered = 'SELECT * FROM platform.uncovered_tables()';
    const { rows } = await withClient(service.database.ownerUrl, (client) => client.query(uncovered));
    expect(rows).toEqual([]);
  });

  it('show a transaction without an organization nothing', async () => {
    const counts = await service.databaseOf.global(async (tx) => [
      await tx.notification.count(),
      await tx.webhookSubscription.count(),
      await tx.webhookDelivery.count(),
      await tx.webhookAttempt.count(),
    ]);
    expect(counts).toEqual([0, 0, 0, 0]);
  });

  it('do not let a delivery hang on a foreign subscription', async () => {
    const foreign = randomUUID();
    const insert = service.databaseOf.tenant(foreign, (tx) =>
      tx.webhookDelivery.create({
        data: {
          id: randomUUID(),
          organizationId: foreign,
          subscriptionId: subscriptionIds[0] ?? '',
          eventId: randomUUID(),
          eventType: 'x',
          payload: '{}',
          correlationId: 'x',
        },
      }),
    );
    await expect(insert).rejects.toThrow();
  });
});

describe('claims', () => {
  it('of deliveries go through the partial index of open rows', async () => {
    expect(new Set(await asWorker(READY_ENDPOINTS, 50))).toContain('webhook_delivery_open_idx');
    const used = await asWorker(CLAIM_DELIVERIES, subscriptionIds, 50, randomUUID(), LEASE_SECONDS);
    expect(used).toContain('webhook_delivery_open_idx');
    expect(await asWorker(NEXT_DELIVERY)).toContain('webhook_delivery_open_idx');
  });

  it('of mail go through the partial index of queued rows', async () => {
    expect(await asWorker(CLAIM_MAILS, 8, randomUUID(), MAIL_LEASE_SECONDS)).toContain(
      'notification_due_idx',
    );
    expect(await asWorker(NEXT_MAIL)).toContain('notification_due_idx');
  });
});

describe('lists', () => {
  const list = (table: string, where: string) =>
    `SELECT id FROM ${table} WHERE organization_id = $1::uuid AND id < $2::uuid AND ${where} ORDER BY id DESC LIMIT 51`;

  it.each([
    ['webhook_delivery', 'true', 'webhook_delivery_organization_id_id_key'],
    [
      'webhook_delivery',
      `subscription_id = '${subscriptionIds[3]}'`,
      'webhook_delivery_organization_id_subscription_id_id_idx',
    ],
    ['webhook_delivery', `state = 'FAILED'`, 'webhook_delivery_organization_id_state_id_idx'],
    ['webhook_delivery', `event_type = 'order.eaten'`, 'webhook_delivery_organization_id_event_type_id_idx'],
    ['notification', 'true', 'notification_organization_id_id_idx'],
    ['notification', `state = 'FAILED'`, 'notification_organization_id_state_id_idx'],
    [
      'notification',
      `service_order_id = '${subscriptionIds[0]}'`,
      'notification_organization_id_service_order_id_id_idx',
    ],
  ])('of %s where %s use %s', async (table, where, index) => {
    expect(await asApp(list(table, where), organizationId, 'ffffffff-ffff-4fff-bfff-ffffffffffff')).toContain(
      index,
    );
  });
});
