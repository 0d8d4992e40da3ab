import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeWebhookSubscription,
  readWebhookSubscription,
  retryWebhookDelivery,
  webhookDeliveryFailed,
  webhookSubscriptionDisabled,
} from '@orion/contracts';
import { eventually } from '@orion/testing';
import {
  deliveryOf,
  hurry,
  type NotificationService,
  published,
  sendTest,
  someone,
  startNotification,
  subscribe,
} from './support/notification';
import { type Answer, status, WebhookReceiver } from './support/webhook-receiver';

let receiver: WebhookReceiver;
let service: NotificationService;
const as = someone();

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  service = await startNotification();
});

afterAll(async () => {
  await service?.close();
  await receiver?.close();
});

async function send(path: string, answer: Answer) {
  receiver.on(path, answer);
  const { id: subscriptionId } = await subscribe(service, as, receiver.url(path));
  return { subscriptionId, id: await sendTest(service, as, subscriptionId) };
}

/** The delivery once its attempts have been made. */
const after = (id: string, attempts = 1, timeoutMs = 10_000) =>
  eventually(
    async () => {
      const delivery = await deliveryOf(service, as, id);
      expect(delivery.attempts).toBe(attempts);
      return delivery;
    },
    { timeoutMs },
  );

const secondsUntil = (timestamp: string | null): number => (Date.parse(timestamp ?? '') - Date.now()) / 1_000;

const endless: Answer = (response) => {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16_384)));
  };
  response.on('drain', more);
  more();
};

const drip: Answer = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 200);
  response.on('close', () => clearInterval(timer));
};

describe('what a receiver answers', () => {
  it('2xx is delivered, with the first 2,000 characters of the answer', async () => {
    const { id } = await send('/created', status(201, {}, `\u0000${'é'.repeat(3_000)}`));
    const delivery = await after(id);
    expect(delivery).toMatchObject({ state: 'DELIVERED', responseStatus: 201, lastError: null });
    expect(delivery.attemptLog[0]?.response).toBe(`\uFFFD${'é'.repeat(1_999)}`);
  });

  it('301 has failed, and nobody goes where it points', async () => {
    const { id } = await send('/moved', status(301, { location: receiver.url('/elsewhere') }));
    expect(await after(id)).toMatchObject({ state: 'FAILED', responseStatus: 301, nextAttemptAt: null });
    expect(receiver.at('/elsewhere')).toEqual([]);
    expect(await published(service, webhookDeliveryFailed, id)).toMatchObject([
      { deliveryId: id, eventType: 'webhook.test' },
    ]);
  });

  it('410 disables the subscription; activating it clears that', async () => {
    const { id, subscriptionId } = await send('/gone', status(410));
    expect(await after(id)).toMatchObject({ state: 'FAILED', responseStatus: 410 });
    const params = { id: subscriptionId };
    const disabled = await service.call(readWebhookSubscription, { params }, { as });
    expect(disabled).toMatchObject({ active: false, disabledReason: expect.stringContaining('410') });
    const [event] = await published(service, webhookSubscriptionDisabled, subscriptionId);
    expect(event).toEqual({ subscriptionId, url: receiver.url('/gone'), reason: disabled.disabledReason });
    const active = await service.call(changeWebhookSubscription, { params, body: { active: true } }, { as });
    expect(active).toMatchObject({ active: true, disabledReason: null });
  });

  it.each([429, 502, 503, 504])('%i waits as long as Retry-After asks', async (code) => {
    const { id } = await send(`/busy-${code}`, status(code, { 'retry-after': '500' }));
    const delivery = await after(id);
    expect(delivery).toMatchObject({ state: 'PENDING', responseStatus: code });
    expect(secondsUntil(delivery.nextAttemptAt)).toBeGreaterThan(490);
    expect(secondsUntil(delivery.nextAttemptAt)).toBeLessThan(501);
  });

  it('500 is tried again after 30 s, more or less a fifth', async () => {
    const { id } = await send('/error', status(500, { 'retry-after': '500' }, 'sorry'));
    const delivery = await after(id);
    expect(delivery).toMatchObject({ state: 'PENDING', lastError: 'HTTP 500' });
    expect(delivery.attemptLog).toMatchObject([{ status: 500, error: 'HTTP 500', response: 'sorry' }]);
    expect(secondsUntil(delivery.nextAttemptAt)).toBeGreaterThan(22);
    expect(secondsUntil(delivery.nextAttemptAt)).toBeLessThan(36.1);
  });

  it('a reset, a wrong protocol, no listener and bad TLS are tried again', async () => {
    const reset = await send('/reset', (response) => response.socket?.resetAndDestroy());
    const half = await send('/half', (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.socket?.destroy(), 50);
    });
    const garbage = await send('/garbage', (response) => response.socket?.end('SSH-2.0-nothing\r\n\r\n'));
    const upgrade = await send('/upgrade', (response) =>
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    );
    const notTls = await subscribe(service, as, receiver.url('/tls').replace('http:', 'https:'));
    const nobody = await subscribe(service, as, 'http://127.0.0.1:9/');
    const ids = [reset.id, half.id, garbage.id, upgrade.id];
    for (const { id } of [notTls, nobody]) ids.push(await sendTest(service, as, id));
    for (const id of ids) {
      const delivery = await after(id);
      expect(delivery).toMatchObject({
        state: 'PENDING',
        responseStatus: null,
        lastError: expect.any(String),
      });
    }
  });

  it('an endless answer is cut off and counts by its status', async () => {
    const { id } = await send('/endless', endless);
    const delivery = await after(id);
    expect(delivery).toMatchObject({ state: 'DELIVERED', responseStatus: 200 });
    expect(delivery.attemptLog[0]?.response).toHaveLength(2_000);
  });
});

describe('a slow receiver', () => {
  it('is given 10 seconds in all, while others are served', async () => {
    const hang = await send('/hang', () => undefined);
    const dripping = await send('/drip', drip);
    for (let more = 0; more < 10; more++) await sendTest(service, as, hang.subscriptionId);
    await eventually(() => expect(receiver.at('/hang').length).toBe(4));

    const { id: quick } = await subscribe(service, as, receiver.url('/quick'));
    const started = performance.now();
    for (let more = 0; more < 20; more++) await sendTest(service, as, quick);
    await eventually(() => expect(receiver.at('/quick')).toHaveLength(20));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(receiver.at('/hang')).toHaveLength(4);

    for (const { id } of [hang, dripping]) {
      const delivery = await after(id, 1, 15_000);
      expect(delivery).toMatchObject({ state: 'PENDING', lastError: 'no full answer within 10 s' });
      expect(delivery.attemptLog[0]?.durationMs).toBeGreaterThan(9_900);
      expect(delivery.attemptLog[0]?.durationMs).toBeLessThan(12_000);
    }
  }, 40_000);
});

describe('six attempts', () => {
  it('end in FAILED with an event; a retry begins a new round under the same id', async () => {
    const { id, subscriptionId } = await send('/down', status(500));
    for (let attempt = 1; attempt <= 6; attempt++) {
      await after(id, attempt);
      await service.db.webhookSubscription.update({
        where: { id: subscriptionId },
        data: { pausedUntil: null },
      });
      await hurry(service);
    }
    expect(await deliveryOf(service, as, id)).toMatchObject({
      state: 'FAILED',
      attempts: 6,
      lastError: 'HTTP 500',
    });
    expect(await published(service, webhookDeliveryFailed, id)).toEqual([
      { deliveryId: id, subscriptionId, eventType: 'webhook.test', error: 'HTTP 500' },
    ]);

    receiver.on('/down', status(204));
    const retried = await service.call(retryWebhookDelivery, { params: { id } }, { as });
    expect(retried).toMatchObject({ id, state: 'PENDING' });
    expect(await after(id, 7)).toMatchObject({ state: 'DELIVERED', lastError: null });
    expect(new Set(receiver.at('/down').map((it) => it.headers['webhook-id']))).toEqual(new Set([id]));
    expect(new Set(receiver.at('/down').map((it) => it.body)).size).toBe(1);
    await expect(service.call(retryWebhookDelivery, { params: { id } }, { as })).rejects.toMatchObject({
      problem: { code: 'NOT_RETRYABLE', status: 409 },
    });
  });

  it('are not wasted on an endpoint that fails again and again: it is paused', async () => {
    receiver.on('/broken', status(500));
    const { id } = await subscribe(service, as, receiver.url('/broken'));
    for (let more = 0; more < 30; more++) await sendTest(service, as, id);
    await eventually(async () => {
      const { pausedUntil } = await service.db.webhookSubscription.findFirstOrThrow({ where: { id } });
      expect(pausedUntil?.getTime()).toBeGreaterThan(Date.now() + 20_000);
    });
    expect(receiver.at('/broken').length).toBeLessThan(12);
    receiver.on('/broken', status(200));
    await service.db.webhookSubscription.update({ where: { id }, data: { pausedUntil: new Date() } });
    await hurry(service);
    await eventually(async () =>
      expect(
        await service.db.webhookDelivery.count({ where: { subscriptionId: id, state: 'DELIVERED' } }),
      ).toBe(30),
    );
    const { consecutiveFailures } = await service.db.webhookSubscription.findFirstOrThrow({ where: { id } });
    expect(consecutiveFailures).toBe(0);
  });
});
