import { Module } from '@nestjs/common';
import { MailDispatch } from './mail-dispatch.job';
import { MailConsumer } from './mail.consumer';
import { MailRepository } from './mail.repository';
import { NotificationsController } from './notifications.controller';
import { SmtpTransport } from './smtp.transport';

@Module({
  controllers: [NotificationsController],
  providers: [MailRepository, SmtpTransport, MailDispatch, MailConsumer],
})
export class MailModule {}
