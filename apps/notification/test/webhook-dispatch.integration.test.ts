import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeWebhookSubscription } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { eventually } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { ClaimRepository, PER_ENDPOINT } from '../src/webhooks/claim.repository';
import { ResultRepository } from '../src/webhooks/result.repository';
import { SecretCipher } from '../src/webhooks/secret.cipher';
import { WebhookDispatch } from '../src/webhooks/webhook-dispatch.job';
import { WebhookSender } from '../src/webhooks/webhook.sender';
import { confirmedEvent, openBus } from './support/events';
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
const as = someone();

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  service = await startNotification();
});

afterAll(async () => {
  await service?.close();
  await receiver?.close();
});

const turn = (enabled: boolean) =>
  service.db.$executeRaw`UPDATE dispatch_switch SET enabled = ${enabled} WHERE name = 'webhooks'`;
const claims = () => service.app.get(ClaimRepository, { strict: false });
const part = <T>(type: new (...parts: never[]) => T): T => service.app.get(type, { strict: false });

/** Rows that are waiting while nothing sends. */
async function waiting(path: string, count: number): Promise<{ subscriptionId: string; ids: string[] }> {
  const { id: subscriptionId } = await subscribe(service, as, receiver.url(path));
  const ids: string[] = [];
  for (let more = 0; more < count; more++) ids.push(await sendTest(service, as, subscriptionId));
  return { subscriptionId, ids };
}

describe('the switch', () => {
  it('stops sending while the service runs; what is pending survives and resumes', async () => {
    await turn(false);
    const { ids } = await waiting('/switch', 3);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(receiver.at('/switch')).toEqual([]);
    expect(await deliveryOf(service, as, ids[0] ?? '')).toMatchObject({ state: 'PENDING', attempts: 0 });
    await turn(true);
    await eventually(() =>
      expect(
        receiver
          .at('/switch')
          .map((it) => it.headers['webhook-id'])
          .sort(),
      ).toEqual(ids.sort()),
    );
  });
});

describe('an inactive subscription', () => {
  it('gets test events only; what waited is sent once it is active again', async () => {
    const bus = await openBus(service.namespace);
    const own = someone();
    await turn(false);
    const { id } = await subscribe(service, own, receiver.url('/inactive'));
    await bus.send(confirmedEvent(own.organizationId));
    await eventually(async () =>
      expect(await service.db.webhookDelivery.count({ where: { subscriptionId: id } })).toBe(1),
    );
    const set = (active: boolean) =>
      service.call(changeWebhookSubscription, { params: { id }, body: { active } }, { as: own });
    await set(false);
    await turn(true);
    const test = await sendTest(service, own, id);
    await eventually(() =>
      expect(receiver.at('/inactive').map((it) => it.headers['webhook-id'])).toEqual([test]),
    );
    await bus.send(confirmedEvent(own.organizationId));
    await set(true);
    await eventually(() => expect(receiver.at('/inactive')).toHaveLength(2));
    await bus.close();
  });
});

describe('a dispatcher that dies between claim and result', () => {
  it('leaves a lease that lapses; the delivery is sent again with the same id', async () => {
    await turn(false);
    const { ids, subscriptionId } = await waiting('/crash', 1);
    await service.db.$executeRaw`UPDATE dispatch_switch SET enabled = true WHERE name = 'webhooks'`;
    const [lost] = await eventually(async () => {
      const rows = await service.db.webhookDelivery.findMany({
        where: { subscriptionId, state: 'DELIVERED' },
      });
      expect(rows).toHaveLength(1);
      return rows;
    });
    expect(lost?.id).toBe(ids[0]);

    // The state in which a killed process leaves its row, with the lease at its end.
    const token = randomUUID();
    await service.db.$executeRaw`
      UPDATE webhook_delivery SET state = 'SENDING', lease_token = ${token}::uuid, due_at = now() + interval '1 second'
       WHERE id = ${ids[0]}::uuid`;
    expect(await deliveryOf(service, as, ids[0] ?? '')).toMatchObject({
      state: 'SENDING',
      nextAttemptAt: null,
    });
    await service.db.$executeRaw`SELECT pg_notify('notification_webhooks', '')`;
    await eventually(() => expect(receiver.at('/crash')).toHaveLength(2));
    const [first, second] = receiver.at('/crash');
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
  });

  it('cannot write its result once another has the lease', async () => {
    await turn(false);
    const { ids } = await waiting('/late', 1);
    const late = {
      id: ids[0] ?? '',
      organizationId: as.organizationId,
      leaseToken: randomUUID(),
      round: 0,
      eventType: 'webhook.test',
      claimedAt: new Date(),
    };
    const row = await service.db.webhookDelivery.findFirstOrThrow({ where: { id: late.id } });
    const sent = { attempt: { kind: 'answered' as const, status: 200 }, response: '', durationMs: 1 };
    const delivery = {
      ...late,
      ...row,
      url: receiver.url('/late'),
      secretSealed: '',
      leaseToken: late.leaseToken,
    };
    expect(await part(ResultRepository).settle(delivery, sent)).toBeUndefined();
    expect(await deliveryOf(service, as, late.id)).toMatchObject({
      state: 'PENDING',
      attempts: 0,
      attemptLog: [],
    });
    await turn(true);
    await eventually(() => expect(receiver.at('/late')).toHaveLength(1));
  });
});

describe('a secret that cannot be read', () => {
  it('fails the attempt, and nothing goes out unsigned', async () => {
    await turn(false);
    const { ids, subscriptionId } = await waiting('/unsigned', 1);
    await service.db.webhookSubscription.update({
      where: { id: subscriptionId },
      data: { secretSealed: 'v1.x.y.z' },
    });
    await turn(true);
    await eventually(async () =>
      expect(await deliveryOf(service, as, ids[0] ?? '')).toMatchObject({ state: 'PENDING', attempts: 1 }),
    );
    expect(receiver.at('/unsigned')).toEqual([]);
  });
});

describe('two dispatchers at once', () => {
  it('send each row once, at most four at a time to one endpoint', async () => {
    let now = 0;
    let most = 0;
    receiver.on('/crowd', (response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        response.writeHead(200).end();
      }, 20);
    });
    await turn(false);
    const { ids } = await waiting('/crowd', 40);
    const second = new WebhookDispatch(
      part(WebhookSender),
      part(ResultRepository),
      part(SecretCipher),
      part(Log),
      claims(),
      part(Database),
    );
    second.onApplicationBootstrap();
    await turn(true);
    await eventually(async () =>
      expect(await service.db.webhookDelivery.count({ where: { id: { in: ids }, state: 'DELIVERED' } })).toBe(
        40,
      ),
    );
    await second.beforeApplicationShutdown();
    expect(
      receiver
        .at('/crowd')
        .map((it) => it.headers['webhook-id'])
        .sort(),
    ).toEqual(ids.sort());
    expect(most).toBeLessThanOrEqual(PER_ENDPOINT);
  });

  it('never claim the same row, nor more than four of an endpoint', async () => {
    await part(WebhookDispatch).beforeApplicationShutdown();
    const crowds = await Promise.all([waiting('/one', 12), waiting('/two', 12), waiting('/three', 12)]);
    const claimed = (await Promise.all(Array.from({ length: 10 }, () => claims().claim(50)))).flat();
    const of = ({ subscriptionId }: { subscriptionId: string }) =>
      claimed.filter((it) => it.subscriptionId === subscriptionId).length;
    expect(crowds.map(of)).toEqual([4, 4, 4]);
    expect(new Set(claimed.map((it) => it.id)).size).toBe(12);
    expect(await claims().claim(50)).toEqual([]);
  });
});
