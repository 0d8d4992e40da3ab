import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assign,
  cancelServiceOrder,
  changeCustomer,
  changeServiceOrder,
  confirmBooking,
  countServiceOrders,
  holdSlot,
  listServiceOrders,
  type OrderState,
  readBooking,
  readServiceOrder,
  type Request,
  transitionServiceOrder,
} from '@orion/contracts';
import { codeOf, problemOf, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { startService } from './support/service';
import { eventsAbout } from './support/sql';
import { MONDAY, newWorld, type World } from './support/world';

type Later = Request<typeof transitionServiceOrder>['body']['to'];

describe('service orders', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const booked = async (world: World, more: object = {}) => {
    const order = await world.order(more);
    const held = await world.call(holdSlot, {
      body: { serviceOrderId: order.id, startsAt: `${MONDAY}T10:00:00Z` },
    });
    await world.call(confirmBooking, { params: { id: held.id } });
    return { order, held };
  };
  const move = (world: World, id: string, to: Later) =>
    world.call(transitionServiceOrder, { params: { id }, body: { to } });
  const stateOf = async (world: World, id: string): Promise<OrderState> =>
    (await world.call(readServiceOrder, { params: { id } })).state;

  it('take the customer’s address and count up from 1 in each organization', async () => {
    const world = await newWorld(service);
    const customer = await world.customer();
    const orders = [
      await world.order({ customerId: customer.id, externalId: 'A-1' }),
      await world.order({ customerId: customer.id }),
    ];
    expect(orders.map((it) => it.number)).toEqual(['SO-000001', 'SO-000002']);
    expect(orders[0]?.address).toEqual(customer.address);
    expect((await (await newWorld(service)).order()).number).toBe('SO-000001');
    expect(await codeOf(world.order({ externalId: 'A-1' }))).toBe('CONFLICT');
    expect(await codeOf(world.order({ customerId: randomUUID() }))).toBe('REFERENCE_MISSING');
    expect(await codeOf(world.order({ businessUnitId: randomUUID() }))).toBe('REFERENCE_MISSING');
    expect(await codeOf(world.order({ earliestStart: '0000-01-01T00:00:00Z' }))).toBe('VALIDATION_FAILED');
    await world.call(changeCustomer, { params: { id: customer.id }, body: { archived: true } });
    expect(await codeOf(world.order({ customerId: customer.id }))).toBe('ARCHIVED');
    const numbers = await Promise.all(Array.from({ length: 8 }, async () => (await world.order()).number));
    expect(new Set(numbers).size).toBe(8);
  });

  it('change until they are booked', async () => {
    const world = await newWorld(service);
    await world.technician();
    const order = await world.order();
    const change = (body: Request<typeof changeServiceOrder>['body']) =>
      world.call(changeServiceOrder, { params: { id: order.id }, body });
    const changed = await change({
      title: 'Boiler is cold',
      skills: ['gas', 'gas'],
      address: { country: 'FR', place: { latitude: 45.8, longitude: 4.9 } },
    });
    expect(changed).toMatchObject({
      title: 'Boiler is cold',
      skills: ['gas'],
      version: 2,
      address: { place: { latitude: 45.8 } },
    });
    expect(await codeOf(change({ earliestStart: `${MONDAY}T20:00:00Z` }))).toBe('VALIDATION_FAILED');
    await change({ skills: [] });
    const held = await world.call(holdSlot, {
      body: { serviceOrderId: order.id, startsAt: `${MONDAY}T10:00:00Z` },
    });
    expect(await codeOf(change({ title: 'x' }))).toBe('CONFLICT');
    await world.call(confirmBooking, { params: { id: held.id } });
    expect(await codeOf(change({ title: 'x' }))).toBe('ILLEGAL_TRANSITION');
    expect(await codeOf(world.call(changeServiceOrder, { params: { id: randomUUID() }, body: {} }))).toBe(
      'NOT_FOUND',
    );
  });

  it('five changes of one order at once all arrive', async () => {
    const world = await newWorld(service);
    const order = await world.order();
    const titles = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(
      titles.map((title) => world.call(changeServiceOrder, { params: { id: order.id }, body: { title } })),
    );
    const after = await world.call(readServiceOrder, { params: { id: order.id } });
    expect(after.version).toBe(6);
  });

  it('go along their states, and only along them', async () => {
    const world = await newWorld(service);
    await world.technician();
    const { order } = await booked(world);
    expect(await codeOf(move(world, order.id, 'ACCEPTED'))).toBe('ILLEGAL_TRANSITION');
    await world.call(assign, { body: { serviceOrderId: order.id } });
    for (const to of ['ACCEPTED', 'IN_PROGRESS'] as const) await move(world, order.id, to);
    expect(await problemOf(move(world, order.id, 'PICKED_UP'))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      detail: 'SO-000001 is IN_PROGRESS and cannot become PICKED_UP',
    });
    for (const to of ['COMPLETED', 'VALIDATED', 'CLOSED'] as const) await move(world, order.id, to);
    const { history } = await world.call(readServiceOrder, { params: { id: order.id } });
    expect(history.map((it) => [it.from, it.to])).toEqual([
      [null, 'CREATED'],
      ['CREATED', 'SCHEDULED'],
      ['SCHEDULED', 'ASSIGNED'],
      ['ASSIGNED', 'ACCEPTED'],
      ['ACCEPTED', 'IN_PROGRESS'],
      ['IN_PROGRESS', 'COMPLETED'],
      ['COMPLETED', 'VALIDATED'],
      ['VALIDATED', 'CLOSED'],
    ]);
    expect(history.every((it) => it.actorId === world.admin.userId)).toBe(true);
  });

  it('of kind DELIVERY are picked up, carried and delivered, or fail and are booked again', async () => {
    const world = await newWorld(service);
    await world.technician();
    const { order, held } = await booked(world, { kind: 'DELIVERY' });
    await world.call(assign, { body: { serviceOrderId: order.id } });
    for (const to of ['ACCEPTED', 'IN_PROGRESS', 'PICKED_UP', 'IN_TRANSIT', 'FAILED'] as const)
      await move(world, order.id, to);
    expect((await world.call(readBooking, { params: { id: held.id } })).state).toBe('CANCELLED');
    const again = await world.call(holdSlot, {
      body: { serviceOrderId: order.id, startsAt: `${MONDAY}T11:00:00Z` },
    });
    await world.call(confirmBooking, { params: { id: again.id } });
    await world.call(assign, { body: { serviceOrderId: order.id } });
    for (const to of [
      'ACCEPTED',
      'IN_PROGRESS',
      'PICKED_UP',
      'IN_TRANSIT',
      'DELIVERED',
      'COMPLETED',
    ] as const)
      await move(world, order.id, to);
    const told = (await eventsAbout(service, order.id)).map((it) => it.type);
    expect(told.filter((type) => type === 'service-order.delivered')).toHaveLength(1);
  });

  it('release their booking when cancelled, and tell so', async () => {
    const world = await newWorld(service);
    await world.technician();
    const { order, held } = await booked(world);
    await world.call(assign, { body: { serviceOrderId: order.id } });
    const gone = await world.call(cancelServiceOrder, {
      params: { id: order.id },
      body: { reason: 'moved away' },
    });
    expect(gone.state).toBe('CANCELLED');
    expect((await world.call(readBooking, { params: { id: held.id } })).state).toBe('CANCELLED');
    expect((await world.call(readServiceOrder, { params: { id: order.id } })).assignmentId).toBe(null);
    expect((await eventsAbout(service, order.id)).at(-1)).toMatchObject({
      type: 'service-order.cancelled',
      data: { reason: 'moved away', customer: { name: 'Casa Verde' }, job: { number: 'SO-000001' } },
    });
    expect(
      await codeOf(world.call(cancelServiceOrder, { params: { id: order.id }, body: { reason: 'x' } })),
    ).toBe('ILLEGAL_TRANSITION');
    const unbooked = await world.order();
    await world.call(cancelServiceOrder, { params: { id: unbooked.id }, body: { reason: 'x' } });
    expect(await stateOf(world, unbooked.id)).toBe('CANCELLED');
  });

  it('are found by words of number, title and customer, and by filters, page by page', async () => {
    const world = await newWorld(service);
    const casa = await world.customer({ name: 'Casa Añil' });
    const boiler = await world.order({ title: 'Boiler leaks', externalId: 'X-1', customerId: casa.id });
    const pump = await world.order({
      title: 'Heat-pump check',
      kind: 'MAINTENANCE',
      earliestStart: '2030-02-01T07:00:00Z',
      latestStart: '2030-02-02T07:00:00Z',
    });
    const gone = await world.order({ title: 'Boiler gone', customerId: casa.id });
    await world.call(cancelServiceOrder, { params: { id: gone.id }, body: { reason: 'x' } });
    const list = async (query: Request<typeof listServiceOrders>['query']) =>
      (await world.call(listServiceOrders, { query })).items.map((it) => it.id);

    expect(await list({})).toEqual([gone.id, pump.id, boiler.id]);
    expect(await list({ q: 'boil' })).toEqual([gone.id, boiler.id]);
    expect(await list({ q: 'BOILER LE' })).toEqual([boiler.id]);
    expect(await list({ q: 'añi' })).toEqual([gone.id, boiler.id]);
    expect(await list({ q: pump.number })).toEqual([pump.id]);
    expect(await list({ q: 'so-0000' })).toEqual([gone.id, pump.id, boiler.id]);
    expect(await list({ q: '2' })).toEqual([pump.id]);
    expect(await list({ q: "pump' & !x:* \\" })).toEqual([]);
    expect(await list({ q: '---' })).toEqual([]);
    expect(await list({ q: 'boiler', state: 'CREATED' })).toEqual([boiler.id]);
    expect(await list({ q: 'boiler', externalId: 'X-1', customerId: casa.id, kind: 'REPAIR' })).toEqual([
      boiler.id,
    ]);
    expect(await list({ q: 'check', from: '2030-02-01T00:00:00Z', to: '2030-02-03T00:00:00Z' })).toEqual([
      pump.id,
    ]);
    expect(await list({ state: 'CANCELLED' })).toEqual([gone.id]);
    expect(await list({ kind: 'MAINTENANCE' })).toEqual([pump.id]);
    expect(await list({ from: '2030-02-02T00:00:00Z' })).toEqual([pump.id]);
    expect(await list({ to: '2030-01-20T00:00:00Z' })).toEqual([gone.id, boiler.id]);

    for (const q of [undefined, 'boiler']) {
      const first = await world.call(listServiceOrders, { query: { limit: 1, q } });
      const second = await world.call(listServiceOrders, {
        query: { limit: 1, q, cursor: first.nextCursor ?? '' },
      });
      expect([...first.items, ...second.items].map((it) => it.id)).toEqual([
        gone.id,
        q === undefined ? pump.id : boiler.id,
      ]);
    }
    await world.call(changeCustomer, { params: { id: casa.id }, body: { name: 'Villa Roja' } });
    expect(await list({ q: 'villa' })).toEqual([gone.id, boiler.id]);
    expect(await world.call(countServiceOrders, {})).toEqual({
      total: 3,
      byState: { CREATED: 2, CANCELLED: 1 },
    });
    expect(
      await codeOf(
        world.call(listServiceOrders, { query: { cursor: Buffer.from('["1"]').toString('base64url') } }),
      ),
    ).toBe('VALIDATION_FAILED');
    expect(await codeOf(world.call(listServiceOrders, { query: { from: '9999-01-01T00:00:00Z' } }))).toBe(
      'VALIDATION_FAILED',
    );
  });
});
