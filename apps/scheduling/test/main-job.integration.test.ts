import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assign,
  confirmBooking,
  holdSlot,
  readAssignment,
  readServiceOrder,
  searchAvailability,
} from '@orion/contracts';
import type { TestService } from '@orion/testing';
import { startService } from './support/service';
import { MONDAY, near, newWorld } from './support/world';

describe('the main job', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('finds, holds, confirms and assigns', async () => {
    const world = await newWorld(service);
    const far = await world.technician({ name: 'Far', home: near(30), skills: ['gas'] });
    const close = await world.technician({
      name: 'Close',
      home: near(2),
      skills: ['gas'],
      email: 'close@example.org',
    });
    await world.technician({ name: 'Unskilled' });
    const order = await world.order({ skills: ['gas'] });
    expect(order).toMatchObject({ number: 'SO-000001', state: 'CREATED', customerName: 'Casa Verde' });

    const { slots, timezone } = await world.call(searchAvailability, { query: { serviceOrderId: order.id } });
    expect(timezone).toBe('Europe/Paris');
    expect(slots[0]).toEqual({
      startsAt: `${MONDAY}T07:15:00.000Z`,
      endsAt: `${MONDAY}T08:15:00.000Z`,
      technicians: 1,
    });
    expect(slots.some((slot) => slot.technicians === 2)).toBe(true);

    const held = await world.call(holdSlot, {
      body: { serviceOrderId: order.id, startsAt: `${MONDAY}T10:00:00Z` },
    });
    expect(held).toMatchObject({
      technicianId: close.id,
      state: 'PRE_BOOKED',
      endsAt: `${MONDAY}T11:00:00.000Z`,
    });
    expect(held.funnel).toMatchObject({ considered: 3, chosen: close.id });
    expect(held.funnel.candidates.map((it) => it.technicianId)).toEqual(expect.arrayContaining([far.id]));

    const booking = await world.call(confirmBooking, { params: { id: held.id } });
    expect(booking).toMatchObject({ state: 'CONFIRMED', expiresAt: null });

    const assignment = await world.call(assign, { body: { serviceOrderId: order.id } });
    expect(assignment).toMatchObject({ technicianId: close.id, mode: 'DIRECT', booking: { id: held.id } });
    expect(await world.call(readAssignment, { params: { id: assignment.id } })).toEqual(assignment);

    const detail = await world.call(readServiceOrder, { params: { id: order.id } });
    expect(detail).toMatchObject({
      state: 'ASSIGNED',
      assignmentId: assignment.id,
      booking: { id: held.id, technicianName: 'Close', state: 'CONFIRMED' },
    });
    expect(detail.history.map((it) => it.to)).toEqual(['CREATED', 'SCHEDULED', 'ASSIGNED']);
  });
});
