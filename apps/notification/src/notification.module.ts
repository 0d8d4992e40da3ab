import { type DynamicModule, Module } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { DatabaseModule } from '@orion/database';
import { ErasureConsumer, MessagingModule } from '@orion/messaging';
import { SecurityModule } from '@orion/security';
import { PrismaClient } from './generated/prisma/client';
import { InvitationMailConsumer } from './mail/invitation-mail.consumer';
import { AccountMailConsumer } from './account-mail/account-mail.consumer';
import { MailConsumer } from './mail/mail.consumer';
import { MailModule } from './mail/mail.module';
import type { NotificationConfig } from './notification.config';
import { WebhooksConsumer } from './webhooks/webhooks.consumer';
import { WebhooksModule } from './webhooks/webhooks.module';

/** Everything that leaves the house: e-mail and webhooks. */
@Module({})
export class NotificationModule {
  static forConfig(config: NotificationConfig): DynamicModule {
    return {
      module: NotificationModule,
      imports: [
        CacheModule.forService(config),
        DatabaseModule.forService({
          service: 'notification',
          client: PrismaClient,
          url: config.DATABASE_URL,
          workerUrl: config.WORKER_DATABASE_URL,
          pool: config.DATABASE_POOL,
          workerPool: config.WORKER_DATABASE_POOL,
        }),
        MessagingModule.forService({
          service: 'notification',
          url: config.RABBITMQ_URL,
          namespace: config.MESSAGING_NAMESPACE,
          consumers: [
            MailConsumer,
            AccountMailConsumer,
            InvitationMailConsumer,
            WebhooksConsumer,
            ErasureConsumer,
          ],
        }),
        SecurityModule.forService({ authUrl: config.AUTH_URL }),
        MailModule,
        WebhooksModule,
      ],
    };
  }
}
