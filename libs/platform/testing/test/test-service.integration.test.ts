import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiProblem } from '@orion/client';
import { baseConfig } from '@orion/config';
import { checkPermission, listRoles } from '@orion/contracts';
import { withClient } from '@orion/database';
import { MessagingHealth, names } from '@orion/messaging';
import { connect } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createTestService, freshDatabase, infrastructure, type TestService } from '../src';
import { SampleModule } from './support/sample.module';

const prismaDir = join(__dirname, 'prisma');
const somebody = (permissions: string[], lifeSeconds?: number) => ({
  userId: randomUUID(),
  organizationId: randomUUID(),
  permissions,
  lifeSeconds,
});
const start = () =>
  createTestService({
    name: 'scheduling',
    module: (config) => SampleModule.with(config),
    config: baseConfig,
    prismaDir,
  });

describe('a service under test', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service.close());

  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: unknown) => (error as ApiProblem).code,
    );

  it('is ready, its consumers included', async () => {
    expect(service.app.get(MessagingHealth).isReady()).toBe(true);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });

  it('knows the permissions of whoever the test says is calling', async () => {
    const check = (as: ReturnType<typeof somebody> | string) =>
      service.call(checkPermission, { query: { permission: 'role.view' } }, { as });
    expect(await check(somebody(['role.view']))).toEqual({ permission: 'role.view', granted: true });
    expect(await check(service.token(somebody([])))).toEqual({ permission: 'role.view', granted: false });
  });

  it('refuses who has no token, an old one, or no permission', async () => {
    expect(await refusal(service.call(listRoles, {}))).toBe('UNAUTHENTICATED');
    expect(await refusal(service.call(listRoles, {}, { as: somebody(['role.view'], -60) }))).toBe(
      'UNAUTHENTICATED',
    );
    expect(await refusal(service.call(listRoles, {}, { as: somebody(['agent.view']) }))).toBe('FORBIDDEN');
    expect(
      await refusal(service.call(listRoles, {}, { as: somebody(['role.view']), key: 'some-key-1' })),
    ).toBe('accepted');
  });
});

describe('what a test leaves behind', () => {
  it('is nothing: no database, no queue', async () => {
    const service = await start();
    const { database, namespace } = service;
    await service.close();
    const { rowCount } = await withClient(infrastructure().postgres, (client) =>
      client.query('SELECT FROM pg_database WHERE datname = $1', [database.database]),
    );
    expect(rowCount).toBe(0);
    const connection = await connect(infrastructure().rabbitmq);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    await expect(channel.checkQueue(names(namespace).consumerQueue('scheduling.marker'))).rejects.toThrow(
      'NOT_FOUND',
    );
    await connection.close();
  });

  it('is nothing either when the service cannot start', async () => {
    const broken = createTestService({
      name: 'scheduling',
      module: () => {
        throw new Error('cannot start');
      },
      config: baseConfig,
      prismaDir,
    });
    await expect(broken).rejects.toThrow('cannot start');
  });

  it('is nothing of a database that was only borrowed', async () => {
    const [one, two] = await Promise.all([
      freshDatabase('scheduling', prismaDir),
      freshDatabase('scheduling', prismaDir),
    ]);
    expect(one.database).not.toBe(two.database);
    await Promise.all([one.drop(), two.drop()]);
  });
});
