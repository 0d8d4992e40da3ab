import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { invitationSent, listNotifications, sealingKey } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { sealFor } from '@orion/security';
import { eventually, sendEvents, testEvent } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { type NotificationService, someone, startNotification } from './support/notification';
import { type SmtpSink, startSmtpSink } from './support/smtp-sink';

let sink: SmtpSink;
let service: NotificationService;

beforeAll(async () => {
  sink = await startSmtpSink();
  service = await startNotification({ SMTP_URL: sink.url, PUBLIC_URL: 'https://orion.example' });
});
afterAll(async () => {
  await service?.close();
  await sink?.close();
});

const TOKEN = 'a-token-that-only-the-mail-may-show';

async function invite(more: { context?: string } = {}) {
  const as = someone();
  const { publicKey } = await service.app.get(Questions).ask(sealingKey, {});
  const invitationId = randomUUID();
  const data = {
    invitationId,
    email: `${invitationId}@example.org`,
    roles: ['viewer'],
    organizationName: 'Lumen',
    invitedBy: as.userId,
    inviterName: 'Ada Martin',
    language: 'fr' as const,
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    sealedToken: sealFor(publicKey, more.context ?? invitationId, TOKEN),
  };
  await sendEvents(service, testEvent(invitationSent, as.organizationId, data));
  const list = async () => (await service.call(listNotifications, { query: {} }, { as })).items;
  return { as, email: data.email, list };
}

const stored = (address: string) =>
  service.db.$queryRaw<{ text: string; html: string; sealed: string | null }[]>`
    SELECT text, html, sealed FROM notification WHERE recipient_address = ${address}`;

describe('the mail of an invitation', () => {
  it('carries the link in the language asked for, and the token stands nowhere else', async () => {
    const { email, list } = await invite();
    await eventually(async () => expect(await list()).toMatchObject([{ state: 'SENT', language: 'fr' }]));
    const raw = sink.mails.find((it) => it.to[0] === email)?.raw ?? '';
    const decoded = raw.replaceAll('=\r\n', '').replaceAll('=\n', '');
    expect(decoded).toContain(`https://orion.example/invitation#${TOKEN}`);
    const [row] = await stored(email);
    expect(row?.sealed).toBeNull();
    expect(`${row?.text}${row?.html}`).not.toContain(TOKEN);
    expect(JSON.stringify(await list())).not.toContain(TOKEN);
  });

  it('does not leave where the token was sealed for something else', async () => {
    const { email, list } = await invite({ context: 'another invitation' });
    await eventually(async () => {
      const [item] = await list();
      expect(item?.attempts).toBeGreaterThan(0);
      expect(item?.state).not.toBe('SENT');
    });
    expect(sink.mails.filter((it) => it.to[0] === email)).toEqual([]);
  });
});
