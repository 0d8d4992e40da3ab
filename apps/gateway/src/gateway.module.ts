import { type DynamicModule, Module } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { DatabaseModule } from '@orion/database';
import { ErasureConsumer, MessagingModule } from '@orion/messaging';
import { SecurityModule } from '@orion/security';
import { ActivityConsumer } from './activity/activity.consumer';
import { ActivityModule } from './activity/activity.module';
import { DocsModule } from './docs/docs.module';
import type { GatewayConfig } from './gateway.config';
import { PrismaClient } from './generated/prisma/client';
import { OverviewModule } from './overview/overview.module';
import { RoutingModule } from './routing/routing.module';

@Module({})
export class GatewayModule {
  static forService(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        CacheModule.forService(config),
        DatabaseModule.forService({
          service: 'gateway',
          client: PrismaClient,
          url: config.DATABASE_URL,
          workerUrl: config.WORKER_DATABASE_URL,
          pool: config.DATABASE_POOL,
          workerPool: config.WORKER_DATABASE_POOL,
        }),
        MessagingModule.forService({
          service: 'gateway',
          url: config.RABBITMQ_URL,
          namespace: config.MESSAGING_NAMESPACE,
          consumers: [ActivityConsumer, ErasureConsumer],
        }),
        SecurityModule.forService({ authUrl: config.AUTH_URL }),
        RoutingModule,
        ActivityModule,
        OverviewModule,
        DocsModule,
      ],
    };
  }
}
