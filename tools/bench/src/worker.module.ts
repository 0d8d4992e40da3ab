import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseModule } from '@orion/database';
import { LoggerModule } from '@orion/logger';
import { MessagingModule } from '@orion/messaging';
import { EffectConsumer } from './effect.consumer';
import { PrismaClient } from './generated/prisma/client';
import { Tally } from './tally';
import { type Task, WRITERS } from './task';
import { counting } from './watched.providers';

/** An event's type names its producer. */
const NAMES = { producer: 'gateway', consumer: 'consumer' };

function messaging({ service, rabbitmqUrl, namespace }: Task): DynamicModule {
  const module = MessagingModule.forService({
    service: NAMES[service],
    url: rabbitmqUrl,
    namespace,
    consumers: service === 'consumer' ? [EffectConsumer] : [],
  });
  return { ...module, providers: counting(service, module.providers ?? []) };
}

@Module({})
class TallyModule {}

/** A service of the platform with nothing in it but its database and messaging, set up as every service is. */
@Module({})
export class WorkerModule {
  static with(task: Task, tally: Tally): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        LoggerModule.forService('bench', { level: 'error' }),
        {
          module: TallyModule,
          global: true,
          providers: [{ provide: Tally, useValue: tally }, EffectConsumer],
          exports: [Tally, EffectConsumer],
        },
        DatabaseModule.forService({
          service: NAMES[task.service],
          client: PrismaClient,
          url: task.databaseUrl,
          workerUrl: task.workerDatabaseUrl,
          pool: WRITERS,
        }),
        messaging(task),
      ],
    };
  }
}
