import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assign, type Endpoint, ENDPOINTS, holdSlot, searchAvailability } from '@orion/contracts';
import { codeOf, testAdmin, type TestClaims, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { startService } from './support/service';
import { MONDAY, newWorld } from './support/world';

const OURS = ENDPOINTS.filter((it) => it.service === 'scheduling');

describe('another organization', () => {
  let service: TestService;
  let stranger: TestClaims;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    service = await startService();
    stranger = testAdmin();
    const world = await newWorld(service);
    const technician = await world.technician();
    const order = await world.order();
    Object.assign(ids, {
      'work-teams': world.team.id,
      technicians: technician.id,
      customers: order.customerId,
      'service-orders': order.id,
    });
  });
  afterAll(() => service.close());

  const refusal = (endpoint: Endpoint, input: object) =>
    codeOf(
      service.call(endpoint, input as never, {
        as: stranger,
        key: endpoint.idempotency === 'none' ? undefined : randomUUID(),
      }),
    );

  it('cannot be reached through ids in bodies and queries', async () => {
    const serviceOrderId = ids['service-orders'];
    expect(await refusal(holdSlot, { body: { serviceOrderId, startsAt: `${MONDAY}T10:00:00Z` } })).toBe(
      'NOT_FOUND',
    );
    expect(await refusal(assign, { body: { serviceOrderId } })).toBe('NOT_FOUND');
    expect(await refusal(searchAvailability, { query: { serviceOrderId } })).toBe('NOT_FOUND');
    const world = await newWorld(service, {}, stranger);
    await world.technician();
    expect(await codeOf(world.order({ customerId: ids['customers'] }))).toBe('REFERENCE_MISSING');
    expect(await codeOf(world.technician({ workTeamId: ids['work-teams'] }))).toBe('REFERENCE_MISSING');
    const order = await world.order();
    const named = world.call(holdSlot, {
      body: { serviceOrderId: order.id, startsAt: `${MONDAY}T10:00:00Z`, technicianId: ids['technicians'] },
    });
    expect(await codeOf(named)).toBe('NOT_FOUND');
  });

  it.each(OURS.map((it) => [it.id, it] as const))(
    '%s wants a token and its permission',
    async (_, endpoint) => {
      const path = `${service.url}/api/v1${endpoint.path.replace(':id', randomUUID())}`;
      const { method } = endpoint;
      expect((await fetch(path, { method })).status).toBe(401);
      const token = service.token({ ...stranger, permissions: ['team.view'] });
      expect((await fetch(path, { method, headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
    },
  );

  it('sees empty lists', async () => {
    const other = testAdmin();
    for (const endpoint of OURS.filter((it) => it.method === 'GET' && it.id.endsWith('.list'))) {
      expect(await service.call(endpoint, { query: {} } as never, { as: other })).toEqual({
        items: [],
        nextCursor: null,
      });
    }
  });
});
