import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeWebhookSubscription,
  createWebhookSubscription,
  deleteWebhookSubscription,
  listNotifications,
  listWebhookDeliveries,
  listWebhookEventTypes,
  listWebhookSubscriptions,
  readWebhookDelivery,
  readWebhookSubscription,
  replaceWebhookSubscription,
  retryWebhookDelivery,
  testWebhookSubscription,
} from '@orion/contracts';
import { publishedBy } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import {
  deliveryOf,
  type NotificationService,
  sendTest,
  someone,
  startNotification,
  subscribe,
} from './support/notification';
import { WebhookReceiver } from './support/webhook-receiver';

let receiver: WebhookReceiver;
let service: NotificationService;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  service = await startNotification();
});

afterAll(async () => {
  await service?.close();
  await receiver?.close();
});

const refusal = (code: string, status: number) => ({ problem: { code, status } });

describe('webhook subscriptions', () => {
  it('tell the audit log what becomes of them, and nothing that may be a secret', async () => {
    const as = someone();
    const { id } = await subscribe(service, as, receiver.url('/hidden?key=swordfish'), ['order.confirmed']);
    await service.call(changeWebhookSubscription, { params: { id }, body: { description: 'ERP' } }, { as });
    await service.call(changeWebhookSubscription, { params: { id }, body: { description: 'ERP' } }, { as });
    await service.call(deleteWebhookSubscription, { params: { id } }, { as });
    const events = await publishedBy(service, id);
    expect(JSON.stringify(events)).not.toMatch(/swordfish|hidden|whsec/);
    const after = {
      origin: new URL(receiver.url('/')).origin,
      eventTypes: ['order.confirmed'],
      active: true,
    };
    expect(events.map((it) => [it.actorid, it.data, JSON.parse(it.change ?? '')])).toMatchObject([
      [as.userId, { kind: 'webhook-subscription', id, action: 'created' }, { before: null, after }],
      [as.userId, { action: 'changed' }, { before: { description: '' }, after: { description: 'ERP' } }],
      [as.userId, { action: 'removed' }, { before: after, after: null }],
    ]);
  });

  it('are created with a secret that is shown once and stored sealed', async () => {
    const as = someone();
    const created = await subscribe(service, as, receiver.url('/a'), ['order.confirmed', 'order.cancelled']);
    expect(created).toMatchObject({ active: true, description: '', disabledReason: null });
    expect(Buffer.from(created.secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
    const read = await service.call(readWebhookSubscription, { params: { id: created.id } }, { as });
    expect(read).not.toHaveProperty('secret');
    const stored = await service.db.webhookSubscription.findFirstOrThrow({ where: { id: created.id } });
    expect(JSON.stringify(stored)).not.toContain(created.secret.slice(6));
  });

  it('answer a repeated creation alike, without keeping the secret in the clear', async () => {
    const as = someone();
    const body = { url: receiver.url('/b'), eventTypes: ['*'] };
    const key = randomUUID();
    const first = await service.call(createWebhookSubscription, { body }, { as, key });
    expect(await service.call(createWebhookSubscription, { body }, { as, key })).toEqual(first);
    const kept = await service.databaseOf.tenant(
      as.organizationId,
      (tx) => tx.$queryRaw<{ reply: string }[]>`SELECT reply FROM platform.idempotency WHERE key = ${key}`,
    );
    expect(kept[0]?.reply).toContain(first.id);
    expect(kept[0]?.reply).not.toContain('whsec_');
  });

  it('refuse event types that do not exist, and * beside others', async () => {
    const as = someone();
    for (const eventTypes of [['order.eaten'], ['*', 'order.confirmed'], ['webhook.test']]) {
      await expect(subscribe(service, as, receiver.url('/c'), eventTypes)).rejects.toMatchObject(
        refusal('UNKNOWN_EVENT_TYPE', 400),
      );
    }
    const { id } = await subscribe(service, as, receiver.url('/c'));
    const change = service.call(
      changeWebhookSubscription,
      { params: { id }, body: { eventTypes: ['x'] } },
      { as },
    );
    await expect(change).rejects.toMatchObject(refusal('UNKNOWN_EVENT_TYPE', 400));
  });

  it('are listed newest first, in pages', async () => {
    const as = someone();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++)
      ids.unshift((await subscribe(service, as, receiver.url(`/${count}`))).id);
    const first = await service.call(listWebhookSubscriptions, { query: { limit: 3 } }, { as });
    const cursor = first.nextCursor ?? '';
    const second = await service.call(listWebhookSubscriptions, { query: { limit: 3, cursor } }, { as });
    expect([...first.items, ...second.items].map((it) => it.id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });

  it('are replaced, changed and deleted; deliveries go with them', async () => {
    const as = someone();
    const { id } = await subscribe(service, as, receiver.url('/d'));
    const params = { id };
    const body = {
      url: receiver.url('/e'),
      eventTypes: ['order.confirmed'],
      description: 'CRM',
      active: false,
    };
    expect(await service.call(replaceWebhookSubscription, { params, body }, { as })).toMatchObject({
      id,
      ...body,
    });
    const changed = await service.call(
      changeWebhookSubscription,
      { params, body: { description: 'x' } },
      { as },
    );
    expect(changed).toMatchObject({ url: body.url, description: 'x', active: false });
    expect(await service.call(changeWebhookSubscription, { params, body: {} }, { as })).toEqual(changed);
    const delivery = await sendTest(service, as, id);
    await service.call(deleteWebhookSubscription, { params }, { as });
    await expect(service.call(readWebhookSubscription, { params }, { as })).rejects.toMatchObject(
      refusal('NOT_FOUND', 404),
    );
    await expect(deliveryOf(service, as, delivery)).rejects.toMatchObject(refusal('NOT_FOUND', 404));
  });

  it('can be asked which event types there are', async () => {
    const { items } = await service.call(listWebhookEventTypes, {}, { as: someone() });
    expect(items.map((it) => it.type)).toEqual(
      expect.arrayContaining(['order.confirmed', 'order.cancelled']),
    );
    expect(items[0]?.schema).toMatchObject({ type: 'object' });
  });
});

describe('deliveries', () => {
  it('are listed by subscription, state and type, in pages', async () => {
    const as = someone();
    const { id: subscriptionId } = await subscribe(service, as, receiver.url('/list'));
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift(await sendTest(service, as, subscriptionId));
    const list = (query: object) => service.call(listWebhookDeliveries, { query }, { as });
    const first = await list({ subscriptionId, limit: 2 });
    const second = await list({ subscriptionId, limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((it) => it.id)).toEqual(ids);
    expect((await list({ eventType: 'webhook.test' })).items).toHaveLength(3);
    expect((await list({ eventType: 'order.confirmed' })).items).toEqual([]);
    expect((await list({ state: 'FAILED' })).items).toEqual([]);
    expect((await list({ subscriptionId: randomUUID() })).items).toEqual([]);
  });

  it.each(['nonsense', 'W10', 'WyJ4Il0', 'WzFd', Buffer.from('["a","b"]').toString('base64url')])(
    'refuse the cursor %s',
    async (cursor) => {
      for (const endpoint of [listWebhookDeliveries, listWebhookSubscriptions, listNotifications]) {
        await expect(service.call(endpoint, { query: { cursor } }, { as: someone() })).rejects.toMatchObject(
          refusal('VALIDATION_FAILED', 400),
        );
      }
    },
  );
});

describe('another organization', () => {
  it('finds nothing under a foreign id, on every route', async () => {
    const owner = someone();
    const { id } = await subscribe(service, owner, receiver.url('/own'));
    const delivery = await sendTest(service, owner, id);
    const as = someone();
    const body = { url: receiver.url('/x'), eventTypes: ['*'] };
    const calls = (params: { id: string }, deliveryParams: { id: string }) => [
      service.call(readWebhookSubscription, { params }, { as }),
      service.call(replaceWebhookSubscription, { params, body }, { as }),
      service.call(changeWebhookSubscription, { params, body: { active: false } }, { as }),
      service.call(deleteWebhookSubscription, { params }, { as }),
      service.call(testWebhookSubscription, { params }, { as }),
      service.call(readWebhookDelivery, { params: deliveryParams }, { as }),
      service.call(retryWebhookDelivery, { params: deliveryParams }, { as }),
    ];
    for (const call of [
      ...calls({ id }, { id: delivery }),
      ...calls({ id: randomUUID() }, { id: randomUUID() }),
    ]) {
      await expect(call).rejects.toMatchObject(refusal('NOT_FOUND', 404));
    }
    for (const endpoint of [listWebhookSubscriptions, listWebhookDeliveries, listNotifications]) {
      expect(await service.call(endpoint, { query: {} }, { as })).toEqual({ items: [], nextCursor: null });
    }
    expect(await service.call(readWebhookSubscription, { params: { id } }, { as: owner })).toMatchObject({
      active: true,
    });
  });
});

describe('permissions', () => {
  it('are asked for', async () => {
    const viewer = { ...someone(), permissions: ['webhook.view'] };
    await expect(subscribe(service, viewer, receiver.url('/p'))).rejects.toMatchObject(
      refusal('FORBIDDEN', 403),
    );
    await expect(service.call(listNotifications, { query: {} }, { as: viewer })).rejects.toMatchObject(
      refusal('FORBIDDEN', 403),
    );
    await expect(service.call(listWebhookSubscriptions, { query: {} })).rejects.toMatchObject(
      refusal('UNAUTHENTICATED', 401),
    );
  });
});
