import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { baseConfig } from '@orion/config';
import { deleteWebhookSubscription, listRoles, readWebhookDelivery } from '@orion/contracts';
import { withClient } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  createTestService,
  endpointsWithId,
  newRow,
  roomOf,
  type RoomRow,
  strangersView,
  testAdmin,
  type TestService,
} from '../src';
import { SampleModule } from './support/sample.module';

let service: TestService;
let rowsMade = 0;

beforeAll(async () => {
  service = await createTestService({
    name: 'scheduling',
    module: (config) => SampleModule.with(config),
    config: baseConfig,
    prismaDir: join(__dirname, 'prisma'),
  });
});
afterAll(() => service.close());

const aMark = async (): Promise<RoomRow> => {
  rowsMade += 1;
  const [id, admin] = [randomUUID(), testAdmin()];
  await withClient(service.database.workerUrl, (client) =>
    client.query('INSERT INTO mark (id, organization_id) VALUES ($1, $2)', [id, admin.organizationId]),
  );
  return { id, admin };
};
const rooms = { subscriptions: aMark, deliveries: aMark };

describe('a stranger', () => {
  it('who is told that a row is missing hears the same of a row that is another’s', async () => {
    const { foreign, missing } = await strangersView(service, deleteWebhookSubscription, { rooms });
    expect(missing).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(foreign).toEqual(missing);
  });

  it('who can tell the two apart is noticed', async () => {
    const { foreign, missing } = await strangersView(service, readWebhookDelivery, { rooms });
    expect(missing.code).toBe('NOT_FOUND');
    expect(foreign.code).toBe('FORBIDDEN');
  });

  it('who is not refused is noticed', async () => {
    await expect(strangersView(service, listRoles, { rooms: { '': aMark } })).rejects.toThrow(
      'roles.list was not refused',
    );
  });

  it('finds one row in each room, however many endpoints it is tried on', async () => {
    const before = rowsMade;
    await strangersView(service, deleteWebhookSubscription, { rooms });
    expect(rowsMade).toBe(before);
  });

  it('is refused a room whose rows nobody knows how to make', () => {
    expect(() => newRow(service, {}, 'subscriptions')).toThrow(
      'nobody knows how to make a row of subscriptions',
    );
  });
});

describe('rooms', () => {
  it('are named by the path before the id', () => {
    expect(roomOf(deleteWebhookSubscription)).toBe('subscriptions');
    expect(roomOf({ path: '/organizations/:id/members' })).toBe('organizations');
    expect(endpointsWithId('notification')).toContain(readWebhookDelivery);
    expect(endpointsWithId('notification').every((it) => it.path.includes(':id'))).toBe(true);
  });
});
