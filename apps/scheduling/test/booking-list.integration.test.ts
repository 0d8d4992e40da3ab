import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holdSlot, listBookings } from '@orion/contracts';
import { codeOf, type TestService } from '@orion/testing';
import { startService } from './support/service';
import { MONDAY, newWorld } from './support/world';

const TEN = `${MONDAY}T10:00:00Z`;

describe('bookings', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('are listed by start, page by page, with filters', async () => {
    const world = await newWorld(service, { holdsPerCustomer: 9 });
    const ana = await world.technician();
    for (const hour of ['12', '08', '10']) {
      const startsAt = `${MONDAY}T${hour}:00:00Z`;
      await world.call(holdSlot, { body: { serviceOrderId: (await world.order()).id, startsAt } });
    }
    const first = await world.call(listBookings, { query: { limit: 2 } });
    const rest = await world.call(listBookings, { query: { limit: 2, cursor: first.nextCursor ?? '' } });
    expect([...first.items, ...rest.items].map((it) => it.startsAt.slice(11, 13))).toEqual([
      '08',
      '10',
      '12',
    ]);
    expect(rest.nextCursor).toBe(null);
    const between = {
      from: `${MONDAY}T08:30:00Z`,
      to: `${MONDAY}T10:30:00Z`,
      technicianId: ana.id,
      state: 'PRE_BOOKED' as const,
    };
    expect((await world.call(listBookings, { query: between })).items).toHaveLength(2);
    expect((await world.call(listBookings, { query: { state: 'CANCELLED' } })).items).toEqual([]);
    for (const cursor of [
      'x',
      Buffer.from('["x","y"]').toString('base64url'),
      Buffer.from(`["${TEN}","y"]`).toString('base64url'),
    ]) {
      expect(await codeOf(world.call(listBookings, { query: { cursor } }))).toBe('VALIDATION_FAILED');
    }
  });
});
