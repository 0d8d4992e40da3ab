import { type DynamicModule, Module } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { DatabaseModule } from '@orion/database';
import { ErasureConsumer, MessagingModule } from '@orion/messaging';
import { SecurityModule } from '@orion/security';
import { AssignmentModule } from './assignment/assignment.module';
import { CalendarModule } from './calendar/calendar.module';
import { CustomersModule } from './customers/customers.module';
import { PrismaClient } from './generated/prisma/client';
import { ProvidersModule } from './providers/providers.module';
import type { SchedulingConfig } from './scheduling.config';
import { ServiceOrdersModule } from './service-orders/service-orders.module';
import { SettingsModule } from './settings/settings.module';

@Module({})
export class SchedulingModule {
  static with(config: SchedulingConfig): DynamicModule {
    return {
      module: SchedulingModule,
      imports: [
        CacheModule.forService(config),
        DatabaseModule.forService({
          service: 'scheduling',
          client: PrismaClient,
          url: config.DATABASE_URL,
          workerUrl: config.WORKER_DATABASE_URL,
          pool: config.DATABASE_POOL,
          workerPool: config.WORKER_DATABASE_POOL,
        }),
        MessagingModule.forService({
          service: 'scheduling',
          url: config.RABBITMQ_URL,
          namespace: config.MESSAGING_NAMESPACE,
          consumers: [ErasureConsumer],
        }),
        SecurityModule.forService({ authUrl: config.AUTH_URL }),
        SettingsModule,
        CustomersModule,
        ProvidersModule,
        ServiceOrdersModule,
        CalendarModule,
        AssignmentModule,
      ],
    };
  }
}
