import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelBooking,
  changeTechnician,
  confirmBooking,
  holdSlot,
  readBooking,
  readServiceOrder,
  searchAvailability,
} from '@orion/contracts';
import { codeOf, problemOf, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { startService } from './support/service';
import { eventsAbout, expireNow, overlaps } from './support/sql';
import { MONDAY, near, newWorld, type World } from './support/world';

const TEN = `${MONDAY}T10:00:00Z`;

describe('holds', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    expect(await overlaps(service)).toEqual([]);
    await service.close();
  });

  const hold = (world: World, serviceOrderId: string, startsAt = TEN, technicianId?: string) =>
    world.call(holdSlot, { body: { serviceOrderId, startsAt, technicianId } });

  it('take one technician and tell so', async () => {
    const world = await newWorld(service);
    const technician = await world.technician();
    const order = await world.order({ durationMinutes: 17 });
    const held = await hold(world, order.id);
    expect(held).toMatchObject({ state: 'PRE_BOOKED', endsAt: `${MONDAY}T10:17:00.000Z`, version: 1 });
    expect(Date.parse(held.expiresAt ?? '') - Date.parse(held.createdAt)).toBe(48 * 3_600_000);
    const { funnel: _, ...shown } = held;
    expect(await world.call(readBooking, { params: { id: held.id } })).toEqual(shown);
    const [told] = await eventsAbout(service, held.id);
    expect(told).toMatchObject({
      type: 'booking.held',
      data: {
        technicianId: technician.id,
        technicianName: 'Ana',
        job: { number: order.number, timezone: 'Europe/Paris', address: '1 rue de la Paix, 69001 Lyon, FR' },
        customer: { name: 'Casa Verde', email: 'casa@example.org', language: 'en' },
      },
    });
  });

  it('answer a repeat byte for byte, and refuse the key for another request', async () => {
    const world = await newWorld(service);
    await world.technician();
    const order = await world.order();
    const send = (body: object) =>
      fetch(`${service.url}/api/v1/calendar/bookings`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${service.token(world.admin)}`,
          'content-type': 'application/json',
          'idempotency-key': 'same',
        },
        body: JSON.stringify(body),
      });
    const body = { serviceOrderId: order.id, startsAt: TEN };
    const [first, second] = [await send(body), await send(body)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.text()).toBe(await first.text());
    expect((await send({ ...body, startsAt: `${MONDAY}T11:00:00Z` })).status).toBe(422);
  });

  it('say why nobody can take a start, with the funnel and alternatives', async () => {
    const world = await newWorld(service);
    const ana = await world.technician();
    const lacks = await world.technician({ name: 'Ben' });
    await world.call(changeTechnician, { params: { id: ana.id }, body: { skills: ['gas'] } });
    const [first, second] = [await world.order({ skills: ['gas'] }), await world.order({ skills: ['gas'] })];
    await hold(world, first.id);
    const taken = await problemOf(hold(world, second.id));
    expect(taken).toMatchObject({ code: 'SLOT_TAKEN', status: 409 });
    expect((taken['alternatives'] as { startsAt: string }[]).map((it) => it.startsAt)).toEqual([
      `${MONDAY}T09:00:00.000Z`,
      `${MONDAY}T11:00:00.000Z`,
      `${MONDAY}T08:45:00.000Z`,
      `${MONDAY}T11:15:00.000Z`,
      `${MONDAY}T08:30:00.000Z`,
    ]);
    const named = await problemOf(hold(world, second.id, TEN, lacks.id));
    expect(named).toMatchObject({
      code: 'NO_CANDIDATE',
      detail: 'SKILLS: lacks gas',
      funnel: { considered: 2, chosen: null },
    });
    const early = await problemOf(hold(world, (await world.order({ skills: ['water'] })).id));
    expect(early).toMatchObject({ code: 'NO_CANDIDATE', alternatives: [] });
  });

  it('keep to window, grid, time and limit', async () => {
    const world = await newWorld(service, { holdsPerCustomer: 1 });
    await world.technician();
    const order = await world.order();
    expect(await codeOf(hold(world, order.id, `${MONDAY}T17:00:00Z`))).toBe('OUTSIDE_WINDOW');
    expect(await codeOf(hold(world, order.id, `${MONDAY}T10:05:00Z`))).toBe('VALIDATION_FAILED');
    expect(await codeOf(hold(world, order.id, '0001-01-01T10:00:00Z'))).toBe('VALIDATION_FAILED');
    expect(await codeOf(hold(world, randomUUID()))).toBe('NOT_FOUND');
    expect(await codeOf(hold(world, order.id, TEN, randomUUID()))).toBe('NOT_FOUND');
    const past = await world.order({
      earliestStart: '2020-01-06T08:00:00Z',
      latestStart: '2020-01-06T12:00:00Z',
    });
    expect(await codeOf(hold(world, past.id, '2020-01-06T10:00:00Z'))).toBe('OUTSIDE_WINDOW');
    await hold(world, order.id);
    expect(await codeOf(hold(world, order.id))).toBe('CONFLICT');
    const another = await world.order({ customerId: order.customerId });
    expect(await codeOf(hold(world, another.id, `${MONDAY}T12:00:00Z`))).toBe('HOLD_LIMIT');
  });

  it('end with their time: a colliding hold takes their place, confirming is too late', async () => {
    const world = await newWorld(service);
    await world.technician();
    const [first, second] = [await world.order(), await world.order()];
    const old = await hold(world, first.id);
    await expireNow(service, old.id);
    expect((await world.call(readServiceOrder, { params: { id: first.id } })).booking).toBe(null);
    expect(await codeOf(world.call(confirmBooking, { params: { id: old.id } }))).toBe('HOLD_EXPIRED');
    await hold(world, second.id, `${MONDAY}T10:30:00Z`);
    expect((await world.call(readBooking, { params: { id: old.id } })).state).toBe('EXPIRED');
    expect((await eventsAbout(service, old.id)).map((it) => it.type)).toEqual([
      'booking.held',
      'booking.expired',
    ]);
    expect(await codeOf(world.call(confirmBooking, { params: { id: old.id } }))).toBe('HOLD_EXPIRED');
    const again = await hold(world, first.id, `${MONDAY}T13:00:00Z`);
    await expireNow(service, again.id);
    expect((await hold(world, first.id, `${MONDAY}T14:00:00Z`)).state).toBe('PRE_BOOKED');
    expect((await world.call(readBooking, { params: { id: again.id } })).state).toBe('EXPIRED');
  });

  it('become bookings once and give their time back when cancelled', async () => {
    const world = await newWorld(service);
    await world.technician();
    const order = await world.order();
    const held = await hold(world, order.id);
    const params = { id: held.id };
    await world.call(confirmBooking, { params });
    expect(await codeOf(world.call(confirmBooking, { params }))).toBe('ILLEGAL_TRANSITION');
    expect(await codeOf(hold(world, order.id, `${MONDAY}T12:00:00Z`))).toBe('ILLEGAL_TRANSITION');
    const gone = await world.call(cancelBooking, { params, body: { reason: 'customer is away' } });
    expect(gone.state).toBe('CANCELLED');
    expect(await codeOf(world.call(cancelBooking, { params, body: {} }))).toBe('ILLEGAL_TRANSITION');
    const detail = await world.call(readServiceOrder, { params: { id: order.id } });
    expect([detail.state, detail.booking]).toEqual(['CREATED', null]);
    expect((await eventsAbout(service, held.id)).map((it) => it.type)).toEqual([
      'booking.held',
      'booking.confirmed',
      'booking.cancelled',
    ]);
    expect((await eventsAbout(service, order.id)).map((it) => it.type)).toEqual([
      'service-order.created',
      'service-order.moved',
      'service-order.moved',
    ]);
    expect((await hold(world, order.id)).id).not.toBe(held.id);
  });

  it('leave time to travel between neighbours, also on days when clocks change', async () => {
    const world = await newWorld(service, {
      workingDays: [1, 2, 3, 4, 5, 6, 7],
      travelSpeedKmh: 60,
      detourFactor: 1,
      holdsPerCustomer: 9,
    });
    await world.technician();
    const place = { country: 'FR', place: near(20) };
    for (const day of ['2030-03-31', '2030-10-27']) {
      const window = { earliestStart: `${day}T00:00:00Z`, latestStart: `${day}T20:00:00Z`, address: place };
      const [first, second] = [
        await world.order(window),
        await world.order({ ...window, address: { country: 'FR', place: near(50) } }),
      ];
      const starts = async () =>
        (await world.call(searchAvailability, { query: { serviceOrderId: second.id } })).slots.map(
          (it) => it.startsAt,
        );
      const morning = day === '2030-03-31' ? '06' : '07';
      expect((await starts())[0]).toBe(`${day}T${morning === '06' ? '07' : '08'}:00:00.000Z`);
      await hold(world, first.id, `${day}T10:00:00Z`);
      const free = await starts();
      expect(free).toContain(`${day}T08:30:00.000Z`);
      expect(free).not.toContain(`${day}T08:45:00.000Z`);
      expect(free).not.toContain(`${day}T11:15:00.000Z`);
      expect(free).toContain(`${day}T11:30:00.000Z`);
    }
  });

  it('are explained where nothing is free', async () => {
    const world = await newWorld(service);
    await world.technician();
    const order = await world.order({ latestStart: `${MONDAY}T07:30:00Z`, skills: ['gas'] });
    const { slots, blocked } = await world.call(searchAvailability, {
      query: { serviceOrderId: order.id, explain: 'true' },
    });
    expect(slots).toEqual([]);
    expect(blocked).toHaveLength(3);
    expect(blocked?.[0]).toEqual({ startsAt: `${MONDAY}T07:00:00.000Z`, rules: { SKILL: 1 } });
    expect(
      await codeOf(
        world.call(searchAvailability, {
          query: { serviceOrderId: order.id, from: '2030-01-01', to: '2030-03-01' },
        }),
      ),
    ).toBe('VALIDATION_FAILED');
    expect(await codeOf(world.call(searchAvailability, { query: { serviceOrderId: randomUUID() } }))).toBe(
      'NOT_FOUND',
    );
  });
});
