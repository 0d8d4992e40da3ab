import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Database } from '@orion/database';
import { MessagingHealth, Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from './generated/prisma/client';
import { keyedRequest } from './keyed-request';
import { type Task, thingHappened } from './task';
import { WorkerModule } from './worker.module';

async function work(task: Task): Promise<void> {
  const app = await NestFactory.create(WorkerModule.with(task), new FastifyAdapter(), { logger: false });
  app.enableShutdownHooks();
  const database = app.get<Database<PrismaClient>>(Database);
  const outbox = app.get(Outbox);
  for (let made = 0; made < task.produce; made++) {
    const id = randomUUID();
    await database.tenant(task.organizationId, async (tx) => {
      await tx.thing.create({ data: { id, organizationId: task.organizationId } });
      await outbox.publish(tx, thingHappened, {
        organizationId: task.organizationId,
        subject: id,
        data: { thingId: id },
      });
    });
  }
  if (task.keyed) process.send?.({ answered: await keyedRequest(database, outbox, task, task.keyed) });
  await app.init();
  while (!app.get(MessagingHealth).isReady()) await sleep(50);
  process.send?.('ready');
}

work(JSON.parse(process.env['FAULTS_TASK'] ?? '{}') as Task).catch((error: unknown) => {
  process.stderr.write(`fault worker: ${String(error)}\n`);
  process.exitCode = 1;
});
