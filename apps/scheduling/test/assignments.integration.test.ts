import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assign,
  cancelBooking,
  cancelServiceOrder,
  changeTechnician,
  confirmBooking,
  holdSlot,
  listAssignments,
  readAssignment,
  readBooking,
  readServiceOrder,
  transitionServiceOrder,
} from '@orion/contracts';
import { codeOf, problemOf, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { startService } from './support/service';
import { eventsAbout } from './support/sql';
import { MONDAY, near, newWorld, type World } from './support/world';

const TEN = `${MONDAY}T10:00:00Z`;

describe('assignments', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const book = async (
    world: World,
    more: { startsAt?: string; technicianId?: string; order?: object } = {},
  ) => {
    const order = await world.order(more.order);
    const held = await world.call(holdSlot, {
      body: { serviceOrderId: order.id, startsAt: more.startsAt ?? TEN, technicianId: more.technicianId },
    });
    await world.call(confirmBooking, { params: { id: held.id } });
    return { order, bookingId: held.id };
  };
  const bind = (world: World, serviceOrderId: string, technicianId?: string) =>
    world.call(assign, { body: { serviceOrderId, technicianId } });

  it('move the booking to somebody better, and tell everybody what they need', async () => {
    const world = await newWorld(service);
    const far = await world.technician({ name: 'Far', home: near(60) });
    const close = await world.technician({ name: 'Close', home: near(1), email: 'close@example.org' });
    const { order, bookingId } = await book(world, {
      technicianId: far.id,
      order: { instructions: 'Ring twice' },
    });
    const made = await bind(world, order.id);
    expect(made).toMatchObject({
      technicianId: close.id,
      state: 'PENDING',
      createdBy: world.admin.userId,
      funnel: { chosen: close.id },
    });
    expect(made.booking).toMatchObject({
      id: bookingId,
      technicianId: close.id,
      startsAt: `${MONDAY}T10:00:00.000Z`,
    });
    expect((await eventsAbout(service, bookingId)).at(-1)).toMatchObject({
      type: 'booking.moved',
      data: { technicianName: 'Close', from: { technicianId: far.id } },
    });
    expect(await eventsAbout(service, made.id)).toEqual([
      {
        type: 'assignment.created',
        data: expect.objectContaining({
          bookingId,
          instructions: 'Ring twice',
          technician: { id: close.id, name: 'Close', email: 'close@example.org', language: 'en' },
          customer: expect.objectContaining({ name: 'Casa Verde' }),
          job: expect.objectContaining({ serviceOrderId: order.id }),
        }),
      },
    ]);
  });

  it('keep the booking’s technician among equals', async () => {
    const world = await newWorld(service);
    const technicians = await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => world.technician({ name })));
    const last =
      technicians
        .map((it) => it.id)
        .sort()
        .at(-1) ?? '';
    const { order } = await book(world, { technicianId: last });
    expect((await bind(world, order.id)).technicianId).toBe(last);
  });

  it('prefer who was assigned least recently', async () => {
    const world = await newWorld(service);
    const technicians = await Promise.all(['Ana', 'Ben'].map((name) => world.technician({ name })));
    const first = await book(world);
    const used = (await bind(world, first.order.id)).technicianId;
    await world.call(cancelServiceOrder, { params: { id: first.order.id }, body: { reason: 'x' } });
    const second = await book(world);
    expect((await bind(world, second.order.id)).technicianId).toBe(
      technicians.find((it) => it.id !== used)?.id,
    );
  });

  it('go to the one named if the funnel lets them', async () => {
    const world = await newWorld(service);
    const [ana, ben] = [await world.technician(), await world.technician({ name: 'Ben' })];
    const { order, bookingId } = await book(world, { technicianId: ana.id });
    const other = await book(world, { technicianId: ben.id });
    const busy = await problemOf(bind(world, order.id, ben.id));
    expect(busy).toMatchObject({ code: 'SLOT_TAKEN' });
    expect(busy.detail).toMatch(/^FREE: has a booking from 2030-01-14 11:00/);
    await world.call(cancelBooking, { params: { id: other.bookingId }, body: {} });
    expect((await bind(world, order.id, ben.id)).technicianId).toBe(ben.id);
    await world.call(changeTechnician, { params: { id: ana.id }, body: { archived: true } });
    expect(await problemOf(bind(world, order.id, ana.id))).toMatchObject({
      code: 'NO_CANDIDATE',
      detail: 'ACTIVE: is archived',
    });
    expect(await codeOf(bind(world, order.id, randomUUID()))).toBe('NOT_FOUND');
    expect((await world.call(readBooking, { params: { id: bookingId } })).technicianId).toBe(ben.id);
  });

  it('may be made again; the one before is over', async () => {
    const world = await newWorld(service);
    const [ana, ben] = [await world.technician(), await world.technician({ name: 'Ben' })];
    const { order } = await book(world, { technicianId: ana.id });
    const first = await bind(world, order.id, ana.id);
    await world.call(transitionServiceOrder, { params: { id: order.id }, body: { to: 'ACCEPTED' } });
    expect((await world.call(readAssignment, { params: { id: first.id } })).state).toBe('ACCEPTED');
    const second = await bind(world, order.id, ben.id);
    expect((await world.call(readAssignment, { params: { id: first.id } })).state).toBe('EXPIRED');
    const detail = await world.call(readServiceOrder, { params: { id: order.id } });
    expect([detail.state, detail.assignmentId]).toEqual(['ASSIGNED', second.id]);
    const list = async (query: object) =>
      (await world.call(listAssignments, { query })).items.map((it) => it.id);
    expect(await list({})).toEqual([second.id, first.id]);
    expect(await list({ technicianId: ana.id })).toEqual([first.id]);
    expect(await list({ serviceOrderId: randomUUID() })).toEqual([]);
    const page = await world.call(listAssignments, { query: { limit: 1 } });
    expect(
      (await world.call(listAssignments, { query: { cursor: page.nextCursor ?? '' } })).items.map(
        (it) => it.id,
      ),
    ).toEqual([first.id]);
  });

  it('need a confirmed booking and an open order', async () => {
    const world = await newWorld(service);
    await world.technician();
    const order = await world.order();
    expect(await codeOf(bind(world, order.id))).toBe('NOT_BOOKED');
    await world.call(holdSlot, { body: { serviceOrderId: order.id, startsAt: TEN } });
    expect(await codeOf(bind(world, order.id))).toBe('NOT_BOOKED');
    await world.call(cancelServiceOrder, { params: { id: order.id }, body: { reason: 'x' } });
    expect(await codeOf(bind(world, order.id))).toBe('ILLEGAL_TRANSITION');
    expect(await codeOf(bind(world, randomUUID()))).toBe('NOT_FOUND');
  });

  it('repeat byte for byte under their key', async () => {
    const world = await newWorld(service);
    await world.technician();
    const { order } = await book(world);
    const send = () =>
      fetch(`${service.url}/api/v1/assignments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${service.token(world.admin)}`,
          'content-type': 'application/json',
          'idempotency-key': 'k',
        },
        body: JSON.stringify({ serviceOrderId: order.id }),
      });
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(await second.text()).toBe(await first.text());
  });
});
