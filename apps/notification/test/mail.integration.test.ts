import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listNotifications, notificationFailed, notificationSent } from '@orion/contracts';
import { eventually } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import type { SMTPServerOptions } from 'smtp-server';
import { MAIL_RETRY_SECONDS } from '../src/mail/mail-outcome';
import { MailRepository } from '../src/mail/mail.repository';
import { assignedEvent, type Bus, confirmedEvent, openBus } from './support/events';
import { type NotificationService, published, someone, startNotification } from './support/notification';
import { NO_SMTP } from './support/service';
import { header, type SmtpSink, startSmtpSink } from './support/smtp-sink';

let sink: SmtpSink;
let service: NotificationService;
let bus: Bus;
let as: ReturnType<typeof someone>;
let refuse: (() => Error | undefined) | undefined;

const refusing: Pick<SMTPServerOptions, 'onRcptTo'> = {
  onRcptTo: (_address, _session, callback) => callback(refuse?.()),
};

beforeAll(async () => {
  sink = await startSmtpSink(refusing);
  service = await startNotification({ SMTP_URL: sink.url });
  bus = await openBus(service.namespace);
});

beforeEach(() => {
  refuse = undefined;
  as = someone();
  sink.mails.length = 0;
});

afterAll(async () => {
  await bus?.close();
  await service?.close();
  await sink?.close();
});

const answer = (responseCode: number) => Object.assign(new Error('refused by the test'), { responseCode });

const list = (query: object = {}) => service.call(listNotifications, { query }, { as });
const only = async (expected: object) => {
  const { items } = await list();
  expect(items).toMatchObject([expected]);
  return items[0] as (typeof items)[number];
};
const hurry = (at = service) =>
  at.db
    .$executeRawUnsafe(`UPDATE notification SET due_at = now() - interval '1 second' WHERE state = 'QUEUED'`)
    .then(() => at.db.$executeRawUnsafe(`SELECT pg_notify('notification_mail', '')`));

describe('a mail', () => {
  it('is sent with both bodies, the row’s id as Message-ID, and an event', async () => {
    await bus.send(assignedEvent(as.organizationId));
    const items = await eventually(async () => {
      const found = (await list({ state: 'SENT' })).items;
      expect(found).toHaveLength(2);
      return found;
    });
    const toTechnician = items.find((it) => it.template === 'job-assigned');
    expect(toTechnician).toMatchObject({ language: 'en', recipientAddress: 'tom@example.org', attempts: 1 });
    const raw = sink.mails.find((it) => it.to[0] === 'tom@example.org')?.raw ?? '';
    expect(header(raw, 'Message-ID')).toBe(`<${toTechnician?.id}@orion.example.org>`);
    expect(header(raw, 'From')).toBe('Orion <orion@example.org>');
    expect(header(raw, 'To')).toContain('tom@example.org');
    expect(header(raw, 'Auto-Submitted')).toBe('auto-generated');
    expect(raw).toContain('text/plain');
    expect(raw).toContain('text/html');
    expect(raw).toContain('Ring twice');
    expect(await published(service, notificationSent, toTechnician?.id ?? '')).toEqual([
      {
        notificationId: toTechnician?.id,
        template: 'job-assigned',
        channel: 'EMAIL',
        recipientName: 'Tom Petit',
        serviceOrderId: toTechnician?.serviceOrderId,
      },
    ]);
    const about = await list({ serviceOrderId: toTechnician?.serviceOrderId, limit: 1 });
    expect(about.items).toHaveLength(1);
    const rest = await list({
      serviceOrderId: toTechnician?.serviceOrderId,
      limit: 1,
      cursor: about.nextCursor,
    });
    expect(rest.items).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
    expect((await list({ serviceOrderId: randomUUID() })).items).toEqual([]);
  });

  it('is not written to somebody without an address', async () => {
    const event = confirmedEvent(as.organizationId);
    const data = event.data as { customer: object };
    await bus.send({ ...event, data: { ...data, customer: { ...data.customer, email: null } } });
    await bus.send(confirmedEvent(as.organizationId));
    await eventually(() => only({ state: 'SENT' }));
    expect(sink.mails).toHaveLength(1);
  });

  it('is tried again after a temporary refusal', async () => {
    refuse = () => answer(451);
    await bus.send(confirmedEvent(as.organizationId));
    await eventually(() => only({ state: 'QUEUED', attempts: 1, lastError: expect.stringContaining('451') }));
    refuse = undefined;
    await hurry();
    const { id } = await eventually(() => only({ state: 'SENT', attempts: 2, lastError: null }));
    expect(sink.mails.map((it) => header(it.raw, 'Message-ID'))).toEqual([`<${id}@orion.example.org>`]);
  });

  it('has failed after a permanent refusal, with an event', async () => {
    refuse = () => answer(550);
    await bus.send(confirmedEvent(as.organizationId));
    const { id } = await eventually(() => only({ state: 'FAILED', attempts: 1 }));
    expect(await published(service, notificationFailed, id)).toMatchObject([
      { notificationId: id, error: expect.stringContaining('550') },
    ]);
    expect(await published(service, notificationSent, id)).toEqual([]);
  });

  it('goes out once, even if it is claimed while the switch is thrown and by many', async () => {
    await service.db.$executeRaw`UPDATE dispatch_switch SET enabled = false WHERE name = 'mail'`;
    for (let more = 0; more < 12; more++) await bus.send(confirmedEvent(as.organizationId, `Boiler ${more}`));
    await eventually(async () => expect((await list()).items).toHaveLength(12));
    expect(sink.mails).toEqual([]);
    const mails = service.app.get(MailRepository, { strict: false });
    expect(await mails.claim(50)).toEqual([]);
    await service.db.$executeRaw`UPDATE dispatch_switch SET enabled = true WHERE name = 'mail'`;
    await eventually(async () => expect((await list({ state: 'SENT' })).items).toHaveLength(12));
    expect(new Set(sink.mails.map((it) => header(it.raw, 'Message-ID'))).size).toBe(12);
    expect(sink.mails).toHaveLength(12);
  });

  it('is sent again under the same Message-ID where a process died in between; the late result counts no more', async () => {
    await bus.send(confirmedEvent(as.organizationId));
    const { id } = await eventually(() => only({ state: 'SENT' }));
    const mails = service.app.get(MailRepository, { strict: false });
    await service.db.$executeRaw`UPDATE dispatch_switch SET enabled = false WHERE name = 'mail'`;
    await service.db.notification.update({
      where: { id },
      data: { state: 'QUEUED', leaseToken: randomUUID(), dueAt: new Date(Date.now() + 500) },
    });
    const row = await service.db.notification.findFirstOrThrow({ where: { id } });
    const late = { ...row, leaseToken: randomUUID() };
    expect(await mails.sent(late)).toBe(false);
    expect(await mails.failed(late, 'late', { state: 'FAILED' })).toBe(false);
    await service.db.$executeRaw`UPDATE dispatch_switch SET enabled = true WHERE name = 'mail'`;
    await eventually(() => expect(sink.mails).toHaveLength(2));
    await eventually(() => only({ state: 'SENT', attempts: 2 }));
    expect(new Set(sink.mails.map((it) => header(it.raw, 'Message-ID'))).size).toBe(1);
  });
});

describe('a mail server that is down', () => {
  it('is waited for, and the mail is given up in the end', async () => {
    const alone = await startNotification({ SMTP_URL: NO_SMTP });
    const its = await openBus(alone.namespace);
    const event = confirmedEvent(as.organizationId);
    await its.send(event);
    const state = async (expected: object) =>
      expect(await alone.db.notification.findFirst({ where: { eventId: event.id } })).toMatchObject(expected);
    for (let attempts = 1; attempts <= MAIL_RETRY_SECONDS.length; attempts++) {
      await eventually(() => state({ state: 'QUEUED', attempts }));
      await hurry(alone);
    }
    await eventually(() => state({ state: 'FAILED', attempts: MAIL_RETRY_SECONDS.length + 1, sentAt: null }));
    await its.close();
    await alone.close();
  });
});
