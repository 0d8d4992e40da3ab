import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listNotifications, listWebhookDeliveries, readWebhookDelivery } from '@orion/contracts';
import { eventually } from '@orion/testing';
import { Webhook } from 'standardwebhooks';
import {
  assignedEvent,
  type Bus,
  cancelledEvent,
  confirmedEvent,
  movedEvent,
  openBus,
} from './support/events';
import { type NotificationService, someone, startNotification, subscribe } from './support/notification';
import { header, type SmtpSink, startSmtpSink } from './support/smtp-sink';
import { WebhookReceiver } from './support/webhook-receiver';

let sink: SmtpSink;
let receiver: WebhookReceiver;
let service: NotificationService;
let bus: Bus;

beforeAll(async () => {
  sink = await startSmtpSink();
  receiver = await WebhookReceiver.start();
  service = await startNotification({ SMTP_URL: sink.url });
  bus = await openBus(service.namespace);
});

afterAll(async () => {
  await bus?.close();
  await service?.close();
  await receiver?.close();
  await sink?.close();
});

const mailsOf = (as: ReturnType<typeof someone>) => service.call(listNotifications, { query: {} }, { as });

describe('an event', () => {
  it('becomes a mail at the SMTP server and a signed webhook at the receiver', async () => {
    const as = someone();
    const { secret, id } = await subscribe(service, as, receiver.url('/all'));
    const event = confirmedEvent(as.organizationId);
    await bus.send(event);

    const [hook] = await eventually(() => {
      expect(receiver.at('/all')).toHaveLength(1);
      return receiver.at('/all');
    });
    const payload = new Webhook(secret).verify(hook?.body ?? '', hook?.headers ?? {});
    expect(payload).toMatchObject({
      eventId: event.id,
      eventType: 'order.confirmed',
      timestamp: event.time,
      idempotencyKey: hook?.headers['webhook-id'],
      sequence: 1,
      data: { technicianName: 'Tom Petit', job: { number: 'SO-0042' } },
    });

    await eventually(async () => {
      const { items } = await mailsOf(as);
      expect(items).toMatchObject([
        { state: 'SENT', template: 'appointment-confirmed', attempts: 1, lastError: null },
      ]);
      const mail = sink.mails.find(
        (it) => header(it.raw, 'Message-ID') === `<${items[0]?.id}@orion.example.org>`,
      );
      expect(mail?.to).toEqual(['ann@example.org']);
      expect(header(mail?.raw ?? '', 'Subject')).toContain('Your appointment is confirmed');
    });

    await eventually(async () => {
      const { items } = await service.call(listWebhookDeliveries, { query: { subscriptionId: id } }, { as });
      expect(items).toMatchObject([
        { state: 'DELIVERED', attempts: 1, responseStatus: 200, nextAttemptAt: null },
      ]);
      const detail = await service.call(readWebhookDelivery, { params: { id: items[0]?.id ?? '' } }, { as });
      expect(detail.payload).toBe(hook?.body);
      expect(detail.attemptLog).toMatchObject([{ status: 200, error: null, response: '' }]);
    });
  });

  it('tells customer and technician of an assignment, a move and a cancellation', async () => {
    const as = someone();
    for (const event of [assignedEvent, movedEvent, cancelledEvent]) await bus.send(event(as.organizationId));
    await eventually(async () => {
      const { items } = await mailsOf(as);
      expect(items.map((it) => [it.template, it.recipientName, it.state]).sort()).toEqual([
        ['appointment-moved', 'Ann Martin', 'SENT'],
        ['job-assigned', 'Tom Petit', 'SENT'],
        ['order-cancelled', 'Ann Martin', 'SENT'],
        ['technician-assigned', 'Ann Martin', 'SENT'],
      ]);
    });
  });

  it('takes effect once, however often it arrives', async () => {
    const as = someone();
    await subscribe(service, as, receiver.url('/once'));
    const event = confirmedEvent(as.organizationId);
    await Promise.all(Array.from({ length: 20 }, () => bus.send(event)));
    await bus.send(cancelledEvent(as.organizationId));
    await eventually(() => expect(receiver.at('/once')).toHaveLength(2));
    await eventually(async () =>
      expect((await mailsOf(as)).items.filter((it) => it.state === 'SENT')).toHaveLength(2),
    );
    expect(await service.db.webhookDelivery.count({ where: { eventId: event.id } })).toBe(1);
    expect(await service.db.notification.count({ where: { eventId: event.id } })).toBe(1);
  });
});
