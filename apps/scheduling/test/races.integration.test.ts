import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiProblem } from '@orion/client';
import { assign, confirmBooking, holdSlot, listBookings } from '@orion/contracts';
import { Database } from '@orion/database';
import { eventually, type TestService } from '@orion/testing';
import { ExpireHolds } from '../src/calendar/expire-holds.job';
import { startService } from './support/service';
import { eventsAbout, expireNow, overlaps, sql } from './support/sql';
import { MONDAY, near, newWorld } from './support/world';

const TEN = `${MONDAY}T10:00:00Z`;

describe('races', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ DATABASE_POOL: '10' });
  });
  afterAll(() => service.close());

  it('30 holds on one start: each technician is taken once, the others hear of alternatives', async () => {
    const world = await newWorld(service);
    await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => world.technician({ name })));
    const orders = await Promise.all(Array.from({ length: 30 }, () => world.order()));
    const results = await Promise.allSettled(
      orders.map((order) => world.call(holdSlot, { body: { serviceOrderId: order.id, startsAt: TEN } })),
    );
    const won = results.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
    const lost = results.flatMap((it) => (it.status === 'rejected' ? [it.reason as ApiProblem] : []));
    expect(new Set(won.map((it) => it.technicianId)).size).toBe(3);
    expect(won).toHaveLength(3);
    expect(new Set(lost.map((it) => it.problem.code))).toEqual(new Set(['SLOT_TAKEN']));
    for (const { problem } of lost) expect(problem['alternatives']).toHaveLength(5);
    expect(await overlaps(service)).toEqual([]);
  });

  it('40 orders at once on one day: never an overlap, travel always feasible', async () => {
    const world = await newWorld(service, { travelSpeedKmh: 60, detourFactor: 1 });
    await Promise.all([0, 3, 6].map((km) => world.technician({ home: near(km) })));
    const orders = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        world.order({
          durationMinutes: 15 + (index % 5) * 7,
          address: { country: 'FR', place: near(index % 13) },
        }),
      ),
    );
    await Promise.allSettled(
      orders.map(async (order, index) => {
        const startsAt = new Date(Date.parse(`${MONDAY}T07:00:00Z`) + (index % 36) * 900_000).toISOString();
        const held = await world.call(holdSlot, { body: { serviceOrderId: order.id, startsAt } });
        await world.call(confirmBooking, { params: { id: held.id } });
        await world.call(assign, { body: { serviceOrderId: order.id } });
      }),
    );
    expect(await overlaps(service)).toEqual([]);
    const { items } = await world.call(listBookings, { query: { limit: 200 } });
    expect(items.length).toBeGreaterThan(15);
    const places = new Map(orders.map((order) => [order.id, order.address.place.longitude]));
    const days = Map.groupBy(items, (it) => it.technicianId);
    for (const day of days.values()) {
      day.slice(1).forEach((next, index) => {
        const before = day[index];
        const km =
          (Math.abs(
            (places.get(next.serviceOrderId) ?? 0) - (places.get(before?.serviceOrderId ?? '') ?? 0),
          ) /
            360) *
          40_030 *
          Math.cos((45.764 * Math.PI) / 180);
        const minutes = (Date.parse(next.startsAt) - Date.parse(before?.endsAt ?? '')) / 60_000;
        expect(minutes).toBeGreaterThanOrEqual(km * 0.999);
      });
    }
  });

  it('the database itself refuses an overlap, whoever writes', async () => {
    const world = await newWorld(service);
    await world.technician();
    const [first, second] = [await world.order(), await world.order()];
    const held = await world.call(holdSlot, { body: { serviceOrderId: first.id, startsAt: TEN } });
    const other = await world.call(holdSlot, {
      body: { serviceOrderId: second.id, startsAt: `${MONDAY}T12:00:00Z` },
    });
    const move = `UPDATE booking SET starts_at = $2, ends_at = $3 WHERE id = $1`;
    const manual = sql(service.database.workerUrl, move, [
      other.id,
      `${MONDAY}T10:59:59Z`,
      `${MONDAY}T12:00:00Z`,
    ]);
    await expect(manual).rejects.toMatchObject({ code: '23P01' });
    await sql(service.database.workerUrl, move, [other.id, held.endsAt, `${MONDAY}T12:00:00Z`]);
  });

  it('the expiry job ends holds of all organizations and tells so', async () => {
    const worlds = [await newWorld(service), await newWorld(service)];
    const holds = await Promise.all(
      worlds.map(async (world) => {
        await world.technician();
        return world.call(holdSlot, { body: { serviceOrderId: (await world.order()).id, startsAt: TEN } });
      }),
    );
    for (const { id } of holds) await expireNow(service, id);
    const job = service.app.get(ExpireHolds, { strict: false });
    await job.run();
    await eventually(async () => {
      for (const { id } of holds) {
        expect((await eventsAbout(service, id)).map((it) => it.type)).toEqual([
          'booking.held',
          'booking.expired',
        ]);
      }
    });
    expect(await job.run()).toBe(false);
  });

  it('a hold asks a constant number of statements, however many technicians there are', async () => {
    const world = await newWorld(service);
    const client = service.app.get<Database>(Database, { strict: false }).app as unknown as {
      $on(event: 'query', heard: () => void): void;
    };
    let statements = 0;
    client.$on('query', () => statements++);
    const count = async (): Promise<number> => {
      const order = await world.order();
      statements = 0;
      await world.call(holdSlot, { body: { serviceOrderId: order.id, startsAt: TEN } });
      return statements;
    };
    await world.technician();
    const one = await count();
    await Promise.all(Array.from({ length: 10 }, (_, index) => world.technician({ home: near(index) })));
    expect(await count()).toBe(one);
  });
});
