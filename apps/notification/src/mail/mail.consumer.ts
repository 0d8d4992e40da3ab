import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database } from '@orion/database';
import type { EventConsumer } from '@orion/messaging';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { MAIL_CHANNEL } from './mail-dispatch.job';
import { MAIL_EVENTS, type Mail, mailsOfEvent } from './mails-of-event';
import { oneLine } from './templates/markup';
import { render } from './templates/templates';

const row = (mail: Mail, { id, organizationid, correlationid }: EventEnvelope) => ({
  id: uuid(),
  organizationId: organizationid,
  eventId: id,
  template: mail.template,
  recipientId: mail.to.id,
  recipientName: oneLine(mail.to.name),
  recipientAddress: oneLine(mail.to.email),
  ...render(mail.template, mail.data, mail.to.language),
  serviceOrderId: mail.serviceOrderId,
  correlationId: correlationid,
});

/** Queues the e-mail that an event calls for. */
@Injectable()
export class MailConsumer implements EventConsumer {
  readonly name = 'notification.mail';
  readonly events = MAIL_EVENTS;

  constructor(private readonly database: Database<PrismaClient>) {}

  async handle(tx: Prisma.TransactionClient, event: EventEnvelope): Promise<void> {
    const mails = mailsOfEvent(event, new Date());
    if (mails.length === 0) return;
    await tx.notification.createMany({ data: mails.map((mail) => row(mail, event)), skipDuplicates: true });
    await this.database.notify(tx, MAIL_CHANNEL);
  }
}
