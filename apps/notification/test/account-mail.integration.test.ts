import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerRMQ } from '@nestjs/microservices';
import { accountMailRequested, listNotifications, mailLink, notificationSent } from '@orion/contracts';
import { questionTransport } from '@orion/messaging';
import { eventually, infrastructure } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { type Bus, envelope, openBus } from './support/events';
import { type NotificationService, published, someone, startNotification } from './support/notification';
import { type SmtpSink, startSmtpSink } from './support/smtp-sink';

let sink: SmtpSink;
let service: NotificationService;
let bus: Bus;
let auth: ServerRMQ;
const tokens = new Map<string, string>();

beforeAll(async () => {
  sink = await startSmtpSink();
  service = await startNotification({ SMTP_URL: sink.url, PUBLIC_URL: 'https://orion.example.org' });
  bus = await openBus(service.namespace);
  const options = {
    service: 'auth',
    url: infrastructure().rabbitmq,
    namespace: service.namespace,
    consumers: [],
  };
  auth = new ServerRMQ(questionTransport(options, 'auth'));
  auth.addHandler(mailLink.pattern, ({ payload }: { payload: { linkId: string } }) =>
    Promise.resolve({ answer: { token: tokens.get(payload.linkId) ?? null } }),
  );
  await auth.listen(() => undefined);
});
afterAll(async () => {
  await auth?.close();
  await bus?.close();
  await service?.close();
  await sink?.close();
});

const request = (kind: string, email: string, more: object = {}) => ({
  userId: randomUUID(),
  name: 'Zoé',
  email,
  language: 'fr' as const,
  kind,
  linkId: null,
  facts: {},
  ...more,
});

interface Row {
  id: string;
  state: string;
  text: string;
  html: string;
}
const rows = (organizationId: string) =>
  service.db.$queryRawUnsafe<Row[]>(
    `SELECT id, state, text, html FROM notification WHERE organization_id = $1::uuid`,
    organizationId,
  );
const settled = (organizationId: string) =>
  eventually(async () => {
    const [row] = await rows(organizationId);
    expect(row?.state).toBe('SENT');
    return row as Row;
  });

describe('a mail about one’s own account', () => {
  it('is written in the person’s language, with a link that no server gets to see', async () => {
    const as = someone();
    const linkId = randomUUID();
    tokens.set(linkId, 'the-token');
    const data = request('reset-password', 'zoe@example.org', { linkId });
    await bus.send(envelope(accountMailRequested, as.organizationId, data));
    await settled(as.organizationId);
    const { raw = '' } = sink.mails.find((it) => it.to[0] === 'zoe@example.org') ?? {};
    expect(raw).toContain('Choisissez un autre mot de passe');
    expect(raw.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')).toContain(
      'https://orion.example.org/reset-password#token=the-token',
    );
  });

  it('keeps no body once it is sent, is told to nobody and shown in no list', async () => {
    const as = someone();
    const linkId = randomUUID();
    tokens.set(linkId, 'the-token');
    const data = request('verify-email', 'nell@example.org', { linkId });
    await bus.send(envelope(accountMailRequested, as.organizationId, data));
    const row = await settled(as.organizationId);
    expect([row.text, row.html]).toEqual(['', '']);
    expect(await published(service, notificationSent, row.id)).toEqual([]);
    expect((await service.call(listNotifications, { query: {} }, { as })).items).toEqual([]);
  });

  it('is not sent where its link is of no use any more, nor where nobody knows its kind', async () => {
    const as = someone();
    const { organizationId } = as;
    const useless = request('reset-password', 'a@example.org', { linkId: randomUUID() });
    await bus.send(envelope(accountMailRequested, organizationId, useless));
    await bus.send(envelope(accountMailRequested, organizationId, request('of-the-future', 'b@example.org')));
    const facts = { device: 'Firefox on Linux', address: '203.0.113.5', at: '2026-11-21T10:00:00Z' };
    await bus.send(
      envelope(accountMailRequested, organizationId, request('new-device', 'c@example.org', { facts })),
    );
    await settled(organizationId);
    expect(await rows(organizationId)).toHaveLength(1);
    const { raw = '' } = sink.mails.find((it) => it.to[0] === 'c@example.org') ?? {};
    expect(raw).toContain('Firefox on Linux');
    expect(raw).toContain('203.0.113.5');
  });
});
