import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ServerRMQ } from '@nestjs/microservices';
import { permissionSet } from '@orion/contracts';
import { createPino, Log } from '@orion/logger';
import { names, Questions, questionTransport } from '@orion/messaging';
import { connect } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { QuestionPermissionSource } from '../src/question.permission-source';

const log = new Log(createPino('test', { level: 'silent' }));
const options = {
  url: process.env['ORION_RABBITMQ_URL'] ?? '',
  namespace: `test-${randomUUID().slice(0, 8)}`,
  consumers: [],
};
const auth = new ServerRMQ(questionTransport({ ...options, service: 'auth' }, 'auth'));
const questions = new Questions({ ...options, service: 'user' }, log);
const source = new QuestionPermissionSource(questions);

beforeAll(async () => {
  Logger.overrideLogger(false);
  auth.addHandler(permissionSet.pattern, ({ payload }: { payload: { digest: string } }) =>
    Promise.resolve({ answer: { permissions: payload.digest === 'known' ? ['customer.view'] : null } }),
  );
  await auth.listen(() => undefined);
});
afterAll(async () => {
  await questions.onApplicationShutdown();
  await auth.close();
  const connection = await connect(options.url);
  const channel = await connection.createChannel();
  await channel.deleteQueue(names(options.namespace).questionQueue('auth'));
  await connection.close();
});

describe('the permissions auth knows', () => {
  it('are asked for over RabbitMQ', async () => {
    expect(await source.find('known')).toEqual(['customer.view']);
    expect(await source.find('unknown')).toBeNull();
  });
});
