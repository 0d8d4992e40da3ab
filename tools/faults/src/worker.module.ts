import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DatabaseModule } from '@orion/database';
import { LoggerModule } from '@orion/logger';
import { Inbox, MessagingModule, OutboxRepository, RefillRepository } from '@orion/messaging';
import { Readiness } from '@orion/service';
import { EffectConsumer } from './effect.consumer';
import { FaultyInbox } from './faulty-inbox';
import { FaultyOutbox } from './faulty-outbox';
import { FaultyRefills } from './faulty-refills';
import { PrismaClient } from './generated/prisma/client';
import type { Task } from './task';
import { TASK } from './task.provider';

/** An event's type names its producer. */
const NAMES = { producer: 'gateway', consumer: 'consumer' };

const REPLACED = new Map<unknown, Provider>([
  [Inbox, { provide: Inbox, useClass: FaultyInbox }],
  [OutboxRepository, { provide: OutboxRepository, useClass: FaultyOutbox }],
  [RefillRepository, { provide: RefillRepository, useClass: FaultyRefills }],
]);

/** The platform's own messaging, with kill points put in from outside. */
function messaging(task: Task): DynamicModule {
  const module = MessagingModule.forService({
    service: NAMES[task.service],
    url: task.rabbitmqUrl,
    namespace: task.namespace,
    consumers: task.service === 'consumer' ? [EffectConsumer] : [],
  });
  return { ...module, providers: module.providers?.map((it) => REPLACED.get(it) ?? it) };
}

@Module({})
class TaskModule {}

@Module({})
export class WorkerModule {
  static with(task: Task): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        LoggerModule.forService('faults', { level: 'fatal' }),
        {
          module: TaskModule,
          global: true,
          providers: [{ provide: TASK, useValue: task }, EffectConsumer],
          exports: [TASK, EffectConsumer],
        },
        DatabaseModule.forService({
          service: task.service,
          client: PrismaClient,
          url: task.databaseUrl,
          workerUrl: task.workerDatabaseUrl,
          pool: task.pool ?? 4,
          workerPool: 3,
        }),
        messaging(task),
      ],
      providers: [Readiness],
    };
  }
}
