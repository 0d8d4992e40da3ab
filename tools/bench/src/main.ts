import { NestFactory } from '@nestjs/core';
import { Database } from '@orion/database';
import { MessagingHealth, Outbox } from '@orion/messaging';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from './generated/prisma/client';
import { Tally } from './tally';
import type { Order, Passed, Task, Written } from './task';
import { WorkerModule } from './worker.module';
import { Writer } from './writer';

async function work(task: Task): Promise<void> {
  const tally = new Tally();
  const app = await NestFactory.createApplicationContext(WorkerModule.with(task, tally), { logger: false });
  app.enableShutdownHooks();
  const writer = new Writer(app.get<Database<PrismaClient>>(Database), app.get(Outbox), task);
  const carryOut = async (order: Order): Promise<Written | Passed | undefined> => {
    if (order.do === 'write') return writer.write(order.count, order.writers, order.by);
    if (order.do === 'pace') return writer.pace(order.count, order.perSecond);
    if (order.do === 'await') return tally.until(order.count);
    return void tally.begin();
  };
  process.on('message', ({ id, order }: { id: number; order: Order }) => {
    carryOut(order).then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) => process.send?.({ id, failure: String(error) }),
    );
  });
  while (!app.get(MessagingHealth).isReady()) await sleep(20);
  process.send?.('ready');
}

work(JSON.parse(process.env['BENCH_TASK'] ?? '{}') as Task).catch((error: unknown) => {
  process.stderr.write(`bench worker: ${String(error)}\n`);
  process.exitCode = 1;
});
