import { Inject, Injectable } from '@nestjs/common';
import { accountMailRequested, type EventOf, mailLink } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { type EventConsumer, Questions } from '@orion/messaging';
import { CONFIG } from '@orion/service';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { MAIL_CHANNEL } from '../mail/mail-dispatch.job';
import { oneLine } from '../mail/templates/markup';
import type { NotificationConfig } from '../notification.config';
import { accountMessage, isAccountMail, linkOf } from './account-message';

type Event = EventOf<typeof accountMailRequested>;

/** Queues mails about people's own accounts; the token of a link is asked for when the mail is written. */
@Injectable()
export class AccountMailConsumer implements EventConsumer {
  readonly name = 'notification.account-mail';
  readonly events = [accountMailRequested];

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly questions: Questions,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Pick<NotificationConfig, 'PUBLIC_URL'>,
  ) {}

  async handle(tx: Prisma.TransactionClient, event: Event): Promise<void> {
    const { kind, linkId } = event.data;
    if (!isAccountMail(kind)) {
      this.log.warn('account_mail_unknown', { kind });
      return;
    }
    const token = linkId === null ? undefined : await this.tokenOf(linkId);
    if (token === null) return;
    const url = token === undefined ? undefined : linkOf(this.config.PUBLIC_URL, kind, token);
    await tx.notification.createMany({
      data: [row(event, accountMessage(kind, event.data, url))],
      skipDuplicates: true,
    });
    await this.database.notify(tx, MAIL_CHANNEL);
  }

  private async tokenOf(linkId: string): Promise<string | null> {
    return (await this.questions.ask(mailLink, { linkId })).token;
  }
}

const row = (
  { id: eventId, organizationid: organizationId, correlationid: correlationId, data }: Event,
  message: ReturnType<typeof accountMessage>,
) => ({
  id: uuid(),
  organizationId,
  eventId,
  template: data.kind,
  language: data.language,
  recipientId: data.userId,
  recipientName: oneLine(data.name),
  recipientAddress: oneLine(data.email),
  ...message,
  personal: true,
  correlationId,
});
