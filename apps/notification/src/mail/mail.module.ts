import { Module } from '@nestjs/common';
import { InvitationMailConsumer } from './invitation-mail.consumer';
import { AccountMailConsumer } from '../account-mail/account-mail.consumer';
import { MailDispatch } from './mail-dispatch.job';
import { MailConsumer } from './mail.consumer';
import { MailOpening } from './mail-opening.service';
import { MailRepository } from './mail.repository';
import { NotificationsController } from './notifications.controller';
import { SealingKeyController } from './sealing-key.controller';
import { SmtpTransport } from './smtp.transport';

@Module({
  controllers: [NotificationsController, SealingKeyController],
  providers: [
    MailRepository,
    SmtpTransport,
    MailOpening,
    MailDispatch,
    MailConsumer,
    AccountMailConsumer,
    InvitationMailConsumer,
  ],
})
export class MailModule {}
