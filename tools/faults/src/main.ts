import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@orion/database';
import { MessagingHealth, Outbox } from '@orion/messaging';
import { stopOrderly } from '@orion/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut } from './assignments';
import type { PrismaClient } from './generated/prisma/client';
import { keyedRequest } from './keyed-request';
import type { Task } from './task';
import { ThingMaker } from './thing-maker';
import { makeThings, watchReadiness } from './watched-work';
import { WorkerModule } from './worker.module';

const GRACE_MS = 25_000;
const LATE_MS = 1_500;

/** Ends as every service does, after it has told that it was asked to. */
function heedSignals(app: NestFastifyApplication, { mutation }: Task): void {
  process.once('SIGTERM', () => {
    process.send?.({ asked: 'SIGTERM', at: Date.now() });
    if (mutation !== 'late stop') return;
    setTimeout(() => {
      stopOrderly(app, GRACE_MS);
      process.emit('SIGTERM', 'SIGTERM');
    }, LATE_MS);
  });
  if (mutation !== 'late stop') stopOrderly(app, GRACE_MS);
}

/** Names that every object would have, were its prototype polluted. */
function inherited(): string[] {
  const names: string[] = [];
  for (const name in {}) names.push(name);
  return names;
}

async function work(task: Task): Promise<void> {
  // Whoever started it is gone, and with it everybody who would end it.
  process.once('disconnect', () => process.exit(1));
  const app = await NestFactory.create<NestFastifyApplication>(
    WorkerModule.with(task),
    new FastifyAdapter(),
    { logger: false },
  );
  heedSignals(app, task);
  process.on('message', (message) => message === 'inherited' && process.send?.({ inherited: inherited() }));
  const database = app.get<Database<PrismaClient>>(Database);
  const things = new ThingMaker(database, app.get(Outbox), task);
  for (let made = 0; made < task.produce; made++) await things.another();
  if (task.keyed) process.send?.({ answered: await keyedRequest(database, things, task, task.keyed) });
  await app.init();
  while (!app.get(MessagingHealth).isReady()) await sleep(50);
  process.send?.('ready');
  watchReadiness(app);
  if (task.flow) makeThings(things, task.flow);
  if (task.assignment) process.send?.({ done: await carryOut(app, task, task.assignment) });
}

work(JSON.parse(process.env['FAULTS_TASK'] ?? '{}') as Task).catch((error: unknown) => {
  process.stderr.write(`fault worker: ${String(error)}\n`);
  process.exitCode = 1;
});
