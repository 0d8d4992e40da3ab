import { Inject, Injectable } from '@nestjs/common';
import { type EventOf, invitationSent } from '@orion/contracts';
import { Database } from '@orion/database';
import type { EventConsumer } from '@orion/messaging';
import { CONFIG } from '@orion/service';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import type { NotificationConfig } from '../notification.config';
import { MAIL_CHANNEL } from './mail-dispatch.job';
import { invitationMail } from './templates/invitation';
import { oneLine } from './templates/markup';

/** Queues the mail of an invitation. Its token stays sealed until the message leaves. */
@Injectable()
export class InvitationMailConsumer implements EventConsumer {
  readonly name = 'notification.invitation-mail';
  readonly events = [invitationSent];

  constructor(
    @Inject(CONFIG) private readonly config: NotificationConfig,
    private readonly database: Database<PrismaClient>,
  ) {}

  async handle(tx: Prisma.TransactionClient, event: EventOf<typeof invitationSent>): Promise<void> {
    const { invitationId, email, language, sealedToken, ...invited } = event.data;
    const address = oneLine(email);
    await tx.notification.createMany({
      data: [
        {
          id: uuid(),
          organizationId: event.organizationid,
          eventId: event.id,
          template: 'invitation',
          recipientId: invitationId,
          recipientName: address,
          recipientAddress: address,
          ...invitationMail(invited, language, this.config.PUBLIC_URL),
          sealed: sealedToken,
          sealedFor: invitationId,
          correlationId: event.correlationid,
        },
      ],
      skipDuplicates: true,
    });
    await this.database.notify(tx, MAIL_CHANNEL);
  }
}
