import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { baseConfig } from '@orion/config';
import { customerCreated, membershipChanged } from '@orion/contracts';
import { Database, withClient } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  createTestService,
  eventually,
  publishedBy,
  sendEvents,
  testAdmin,
  testEvent,
  type TestService,
} from '../src';
import { SampleModule } from './support/sample.module';

let service: TestService;

beforeAll(async () => {
  service = await createTestService({
    name: 'scheduling',
    module: (config) => SampleModule.with(config),
    config: baseConfig,
    prismaDir: join(__dirname, 'prisma'),
  });
});
afterAll(() => service.close());

const membership = (organizationId: string) => ({
  membershipId: randomUUID(),
  organizationId,
  userId: randomUUID(),
  email: 'ada@example.org',
  roles: ['viewer'],
  active: true,
  joinedAt: new Date().toISOString(),
});

describe('events of a test', () => {
  it('reach the consumers of the service under test', async () => {
    const { organizationId } = testAdmin();
    await sendEvents(service, testEvent(membershipChanged, organizationId, membership(organizationId)));
    await eventually(async () => {
      const { rowCount } = await withClient(service.database.workerUrl, (client) =>
        client.query('SELECT FROM mark WHERE organization_id = $1', [organizationId]),
      );
      expect(rowCount).toBe(1);
    });
  });

  it('keep their contract', () => {
    expect(() => testEvent(customerCreated, randomUUID(), { name: 'x' } as never)).toThrow(/customerId/);
  });
});

describe('what a service published', () => {
  it('is read by its subject, in order', async () => {
    const { organizationId } = testAdmin();
    const subject = randomUUID();
    const database = service.app.get(Database);
    const data = { customerId: subject, name: 'Casa Verde', externalId: null };
    for (const name of ['Casa Verde', 'Casa Blu']) {
      await database.tenant(organizationId, (tx) =>
        service.app
          .get(Outbox)
          .publish(tx, customerCreated, { organizationId, subject, data: { ...data, name } }),
      );
    }
    expect(await publishedBy(service, subject)).toMatchObject([
      { type: customerCreated.type, sequence: 1, organizationid: organizationId, data },
      { sequence: 2, data: { name: 'Casa Blu' } },
    ]);
    expect(await publishedBy(service, randomUUID())).toEqual([]);
  });
});
