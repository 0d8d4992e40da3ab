import { type INestApplicationContext, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  type Database as DatabaseOf,
  Database,
  DatabaseModule,
  freshTestDatabase,
  type TestDatabase,
} from '@orion/database';
import { LoggerModule } from '@orion/logger';
import { connect } from 'amqplib';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnyConsumer, MessagingHealth, MessagingModule, names } from '../../src';
import { PrismaClient } from '../generated/prisma/client';

export function addressOf(name: 'ORION_POSTGRES_URL' | 'ORION_RABBITMQ_URL'): string {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is not set`);
  return url;
}

export const freshNamespace = (): string => `t${process.pid.toString(36)}-${randomBytes(5).toString('hex')}`;
export const freshCopy = (): Promise<TestDatabase> =>
  freshTestDatabase(addressOf('ORION_POSTGRES_URL'), 'messaging', join(__dirname, '../prisma'));

export interface Started {
  app: INestApplicationContext;
  database: DatabaseOf<PrismaClient>;
}

interface Options {
  copy: TestDatabase;
  namespace: string;
  url?: string;
  consumers?: Type<AnyConsumer>[];
  answers?: Type[];
  providers?: Provider[];
  service?: string;
  level?: string;
}

/** One process of a service; several may stand on one database and namespace. */
export async function start({
  copy,
  namespace,
  consumers = [],
  answers = [],
  ...more
}: Options): Promise<Started> {
  const service = more.service ?? 'scheduling';
  @Module({
    imports: [
      LoggerModule.forService(service, { level: more.level ?? 'silent' }),
      DatabaseModule.forService({
        service,
        client: PrismaClient,
        url: copy.url,
        workerUrl: copy.workerUrl,
        pool: 4,
        workerPool: 3,
      }),
      MessagingModule.forService({
        service,
        url: more.url ?? addressOf('ORION_RABBITMQ_URL'),
        namespace,
        consumers,
      }),
    ],
    providers: [...consumers, ...answers, ...(more.providers ?? [])],
  })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  return { app, database: app.get<DatabaseOf<PrismaClient>>(Database) };
}

/** Waits until its consumers are at work. */
export const ready = ({ app }: Started): Promise<void> =>
  eventually(() => {
    const troubles = app.get(MessagingHealth).troubles();
    if (troubles.length > 0) throw new Error(troubles.join(', '));
  });

/** Works on a channel of its own, straight at the broker. */
export async function atBroker<T>(
  work: (
    channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createConfirmChannel']>>,
  ) => Promise<T>,
): Promise<T> {
  const connection = await connect(addressOf('ORION_RABBITMQ_URL'));
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return await work(channel);
  } finally {
    await connection.close();
  }
}

export async function dropNamespace(namespace: string, consumers: string[] = []): Promise<void> {
  const to = names(namespace);
  const queues = [
    to.unroutable,
    to.deadLetterQueue('scheduling'),
    to.questionQueue('scheduling'),
    to.questionQueue('user'),
  ];
  await atBroker(async (channel) => {
    for (const queue of [...queues, ...consumers.map(to.consumerQueue)]) await channel.deleteQueue(queue);
    for (const exchange of [to.events, to.unroutable, to.deadLetters]) await channel.deleteExchange(exchange);
  });
}

export async function eventually<T>(assertion: () => T | Promise<T>, timeoutMs = 15_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(25);
    }
  }
}
