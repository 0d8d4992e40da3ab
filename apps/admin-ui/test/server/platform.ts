import * as contracts from '@orion/contracts';
import { type OrderState } from '@orion/contracts';
import { type Order, type OrderDetail } from '../../src/orders/order';
import { type Activity } from '../../src/feed/feed';
import { type ContractServer, Refusal } from './contract-server';
import { anOrder, detailOf, UNIT } from './data';
import { aFunnel, technicianId, technicianName } from './funnels';
import { id } from './ids';

interface PlatformOptions {
  orders?: Order[];
  overview?: Partial<contracts.Out<typeof contracts.readOverview>>;
}

/** The parts of the platform a screen talks to, with their state in memory. */
export function platform(server: ContractServer, { orders = [], overview = {} }: PlatformOptions = {}) {
  const state = {
    orders: orders.map((order) => detailOf(order)),
    activity: [] as Activity[],
    messages: [] as contracts.Out<typeof contracts.listNotifications>['items'],
    overview,
    /** Starts that somebody else takes while one looks at them. */
    taken: new Set<string>(),
  };

  const find = (orderId: string): OrderDetail => {
    const found = state.orders.find((order) => order.id === orderId);
    if (!found) throw new Refusal('NOT_FOUND');
    return found;
  };
  const change = (orderId: string, more: Partial<OrderDetail>): OrderDetail => {
    const before = find(orderId);
    const moved = more.state && more.state !== before.state;
    const at = new Date(Date.parse(before.createdAt) + before.history.length * 3_600_000).toISOString();
    const step = { from: before.state, to: more.state ?? before.state, reason: '', actorId: id(1), at };
    const history = moved ? [...before.history, step] : before.history;
    Object.assign(before, more, { version: before.version + 1, history });
    return before;
  };
  const tell = (type: string, text: string, serviceOrderId: string | null): Activity => {
    const position = (state.activity.at(0)?.position ?? 0) + 1;
    const activity: Activity = {
      position,
      eventId: id(5000 + position),
      type: `orion.${type}.v1`,
      text,
      subject: serviceOrderId ?? id(1),
      serviceOrderId,
      correlationId: `c-${position}`,
      at: new Date(Date.now() - 1000).toISOString(),
    };
    state.activity.unshift(activity);
    server.push(position, activity);
    return activity;
  };
  const counts = () => {
    const byState: Partial<Record<OrderState, number>> = {};
    for (const order of state.orders) byState[order.state] = (byState[order.state] ?? 0) + 1;
    return { total: state.orders.length, byState };
  };
  const page = <T>(items: T[], limit: number, cursor = '0') => {
    const from = Number(cursor);
    return {
      items: items.slice(from, from + limit),
      nextCursor: from + limit < items.length ? String(from + limit) : null,
    };
  };
  const slots = (order: OrderDetail) =>
    Array.from({ length: 24 }, (_, at) => {
      const startsAt = new Date(
        Date.parse(order.earliestStart) + (at % 12) * 900_000 + Math.floor(at / 12) * 86_400_000,
      );
      const endsAt = new Date(startsAt.getTime() + order.durationMinutes * 60_000);
      return {
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        technicians: 1 + ((at * 5) % 4),
      };
    }).filter(({ startsAt }) => !state.taken.has(startsAt));
  const bookingOf = (order: OrderDetail) => {
    if (!order.booking) throw new Refusal('NOT_BOOKED');
    return { ...order.booking, serviceOrderId: order.id, createdAt: order.createdAt, version: order.version };
  };
  const byBooking = (bookingId: string): OrderDetail => {
    const found = state.orders.find((order) => order.booking?.id === bookingId);
    if (!found) throw new Refusal('NOT_FOUND');
    return found;
  };

  server.on(contracts.readOverview, () => ({
    orders: counts(),
    notifications: {
      recent: state.messages.length,
      failed: state.messages.filter((it) => it.state === 'FAILED').length,
    },
    webhooks: { recent: 0, failed: 0 },
    activity: state.activity.slice(0, 20),
    missing: [],
    ...state.overview,
  }));
  server.on(contracts.listActivity, ({ query }) => page(state.activity, query.limit, query.cursor));
  server.on(contracts.streamActivity, ({ query, headers }) => {
    const after = Number(headers['last-event-id'] ?? query.after ?? 0);
    return state.activity.filter((it) => it.position > after).reverse() as never;
  });
  server.on(contracts.listServiceOrders, ({ query }) => {
    const words = query.q?.toLowerCase() ?? '';
    const matching = state.orders
      .filter((it) => !query.state || it.state === query.state)
      .filter((it) => !query.kind || it.kind === query.kind)
      .filter((it) => `${it.number} ${it.title} ${it.customerName}`.toLowerCase().includes(words));
    return page(matching, query.limit, query.cursor);
  });
  server.on(contracts.countServiceOrders, counts);
  server.on(contracts.readServiceOrder, ({ params }) => find(params.id));
  server.on(contracts.listBusinessUnits, () => ({
    items: [
      {
        id: UNIT,
        code: 'FR-LYON',
        name: 'Lyon',
        country: 'FR',
        region: null,
        timezone: 'Europe/Paris',
        workingDays: [1, 2, 3, 4, 5],
        ownDays: [],
        travelSpeedKmh: 40,
        detourFactor: 1.3,
        holdLifeMinutes: 2880,
        holdsPerCustomer: 3,
        createdAt: '2026-01-01T00:00:00Z',
        version: 1,
      },
    ],
    nextCursor: null,
  }));
  server.on(contracts.readCustomer, ({ params }): contracts.Out<typeof contracts.readCustomer> => {
    const order = state.orders.find((it) => it.customerId === params.id) ?? detailOf(anOrder(1));
    const { customerId, customerName: name, address, createdAt } = order;
    const email = 'customer@example.org';
    return {
      id: customerId,
      name,
      email,
      phone: '+33 4 72 00 00 00',
      language: 'fr',
      address,
      externalId: null,
      archived: false,
      createdAt,
      version: 1,
    };
  });
  server.on(contracts.listNotifications, ({ query }) => {
    const matching = state.messages
      .filter((it) => !query.state || it.state === query.state)
      .filter((it) => !query.serviceOrderId || it.serviceOrderId === query.serviceOrderId);
    return page(matching, query.limit, query.cursor);
  });
  server.on(contracts.searchAvailability, ({ query }) => {
    const order = find(query.serviceOrderId);
    return { serviceOrderId: order.id, timezone: 'Europe/Paris', slots: slots(order), blocked: [] };
  });
  server.on(contracts.holdSlot, ({ body, headers }) => {
    if (!headers['idempotency-key']) throw new Refusal('IDEMPOTENCY_KEY_MISSING');
    const order = find(body.serviceOrderId);
    const slot = slots(order).find(({ startsAt }) => startsAt === body.startsAt);
    if (!slot) throw new Refusal('SLOT_TAKEN', { alternatives: slots(order).slice(0, 5) });
    const expiresAt = new Date(Date.now() + 48 * 3_600_000).toISOString();
    const { startsAt, endsAt } = slot;
    const booking = {
      id: id(9000),
      technicianId: technicianId(0),
      technicianName: technicianName(0),
      state: 'PRE_BOOKED' as const,
      startsAt,
      endsAt,
      expiresAt,
    };
    change(order.id, { booking });
    return { ...bookingOf(order), funnel: aFunnel() };
  });
  server.on(contracts.confirmBooking, ({ params }) => {
    const order = byBooking(params.id);
    if (!order.booking) throw new Refusal('NOT_FOUND');
    change(order.id, {
      state: 'SCHEDULED',
      booking: { ...order.booking, state: 'CONFIRMED', expiresAt: null },
    });
    return bookingOf(order);
  });
  server.on(contracts.cancelBooking, ({ params }): contracts.Out<typeof contracts.cancelBooking> => {
    const order = byBooking(params.id);
    const booking = bookingOf(order);
    change(order.id, { state: 'CREATED', booking: null });
    return { ...booking, state: 'CANCELLED' };
  });
  const assignment = (order: OrderDetail) => ({
    id: id(9100),
    serviceOrderId: order.id,
    technicianId: order.booking?.technicianId ?? technicianId(0),
    bookingId: order.booking?.id ?? id(9000),
    mode: 'DIRECT' as const,
    state: 'ACCEPTED' as const,
    createdAt: order.createdAt,
    createdBy: id(1),
    booking: bookingOf(order),
    funnel: aFunnel(),
  });
  server.on(contracts.assign, ({ body }) => {
    const order = find(body.serviceOrderId);
    change(order.id, { state: 'ASSIGNED', assignmentId: id(9100) });
    return assignment(order);
  });
  server.on(contracts.readAssignment, () => {
    const order = state.orders.find((it) => it.assignmentId !== null);
    if (!order) throw new Refusal('NOT_FOUND');
    return assignment(order);
  });
  server.on(contracts.transitionServiceOrder, ({ params, body }) => change(params.id, { state: body.to }));
  server.on(contracts.cancelServiceOrder, ({ params }) =>
    change(params.id, { state: 'CANCELLED', booking: null }),
  );
  return { state, tell, change, find };
}
