import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@orion/database';
import type { TestService } from '@orion/testing';
import { type PrismaClient } from '../src/generated/prisma/client';
import { listBookingRows } from '../src/calendar/booking-list.repository';
import { countHolds } from '../src/calendar/booking.repository';
import { loadStops } from '../src/calendar/stops.repository';
import { loadWorkforce } from '../src/calendar/workforce.repository';
import { listOrders } from '../src/service-orders/order-list.repository';
import type { Tx } from '../src/shared/tx.types';
import { crowd } from './support/crowd';
import { adminUrl, type Listening, plansOf, statementsOf } from './support/plans';
import { startService } from './support/service';
import { sql } from './support/sql';
import { newWorld, type World } from './support/world';

/** Any way of reading an index whose name begins so. */
const through = (index: string): RegExp => new RegExp(`Index (Only )?Scan( Backward)? (using|on) ${index}`);

describe('the database', () => {
  let service: TestService;
  let world: World;
  let database: Database<PrismaClient>;
  beforeAll(async () => {
    service = await startService();
    database = service.app.get<Database<PrismaClient>>(Database, { strict: false });
    const worlds = [await newWorld(service), await newWorld(service), await newWorld(service)];
    for (const it of worlds) {
      const { organizationId } = it.admin;
      await crowd(service, { organizationId, unitId: it.businessUnit.id, teamId: it.team.id });
    }
    world = worlds[1] as World;
  }, 120_000);
  afterAll(() => service.close());

  /** Plans of what a piece of work asks, as the application's role under row-level security. */
  const plans = async (work: (tx: Tx, organizationId: string) => Promise<unknown>): Promise<string> => {
    const { organizationId } = world.admin;
    const statements = await statementsOf(database.app as unknown as Listening, () =>
      database.tenant(organizationId, (tx) => work(tx, organizationId)),
    );
    return (await plansOf(service, organizationId, statements)).join('\n');
  };
  const id = async (table: string): Promise<string> => {
    const text = `SELECT id FROM ${table} WHERE organization_id = $1 LIMIT 1`;
    return (await sql<{ id: string }>(adminUrl(service), text, [world.admin.organizationId]))[0]?.id ?? '';
  };

  it('keeps every table under row-level security or names the reason', async () => {
    expect(await sql(adminUrl(service), 'SELECT * FROM platform.uncovered_tables()')).toEqual([]);
    const tenant = await sql<{ relname: string }>(
      adminUrl(service),
      `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND nspname = 'public'
       WHERE relkind = 'r' AND relname <> '_prisma_migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    expect(tenant).toEqual([]);
  });

  it('ties every reference between tables to the organization', async () => {
    const loose = await sql(
      adminUrl(service),
      `SELECT conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace AND nspname = 'public'
       WHERE contype = 'f' AND NOT EXISTS (SELECT FROM pg_attribute a
         WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) AND a.attname = 'organization_id')`,
    );
    expect(loose).toEqual([]);
  });

  it('shows nothing without an organization, and nothing of another one', async () => {
    expect(await database.global((tx) => tx.serviceOrder.count())).toBe(0);
    const { organizationId } = world.admin;
    const all = await database.tenant(organizationId, (tx) =>
      tx.serviceOrder.findMany({ distinct: ['organizationId'], select: { organizationId: true } }),
    );
    expect(all).toEqual([{ organizationId }]);
  });

  it('finds stops of technicians by time through their index', async () => {
    const ids = (
      await sql<{ id: string }>(
        adminUrl(service),
        'SELECT id FROM technician WHERE organization_id = $1 LIMIT 25',
        [world.admin.organizationId],
      )
    ).map((it) => it.id);
    const day = { from: Date.parse('2030-01-03T00:00:00Z'), to: Date.parse('2030-01-04T00:00:00Z') };
    const plan = await plans((tx, organizationId) => loadStops(tx, organizationId, ids, day));
    expect(plan).toMatch(through('booking_(active_by_technician|organization_id_technician_id)'));
    expect(plan).not.toContain('Seq Scan');
  });

  it('finds a business unit’s technicians through theirs', async () => {
    const plan = await plans((tx, organizationId) =>
      loadWorkforce(tx, organizationId, world.businessUnit.id),
    );
    expect(plan).not.toMatch(/Seq Scan on technician_s/);
    expect(plan).toMatch(through('technician_(skill|shift)_'));
  });

  it('pages orders by state, customer and external id through indexes', async () => {
    const customerId = await id('customer');
    const seen = [
      await plans((tx, organizationId) => listOrders(tx, organizationId, { limit: 50 })),
      await plans((tx, organizationId) => listOrders(tx, organizationId, { limit: 50, state: 'CREATED' })),
      await plans((tx, organizationId) => listOrders(tx, organizationId, { limit: 50, customerId })),
      await plans((tx, organizationId) => listOrders(tx, organizationId, { limit: 50, externalId: 'none' })),
      await plans((tx, organizationId) =>
        listOrders(tx, organizationId, {
          limit: 50,
          from: '2030-03-01T00:00:00Z',
          to: '2030-03-01T01:00:00Z',
        }),
      ),
    ];
    for (const plan of seen) {
      expect(plan).toMatch(through('service_order'));
      expect(plan).not.toMatch(/Seq Scan|Sort Method: external/);
    }
  });

  it('searches words through the GIN index although row-level security is on', async () => {
    const plan = await plans((tx, organizationId) =>
      listOrders(tx, organizationId, { limit: 50, q: 'boiler c4ca' }),
    );
    expect(plan).toMatch(through('service_order_search'));
    expect(plan).not.toContain('Seq Scan');
  });

  it('refuses to search another organization', async () => {
    const { organizationId } = world.admin;
    const search = (wanted: string | null) =>
      database.tenant(
        organizationId,
        (tx) =>
          tx.$queryRaw`SELECT search_service_order(${wanted}::uuid, ARRAY['boiler'], null, null, null, null, null, null, null, 5) AS id`,
      );
    expect(await search(organizationId)).toHaveLength(5);
    for (const other of [null, await id('customer')]) {
      await expect(search(other)).rejects.toMatchObject({
        meta: { driverAdapterError: { cause: { originalCode: '42501' } } },
      });
    }
  });

  it('finds customers by external id, holds of a customer and bookings by start through indexes', async () => {
    const customerId = await id('customer');
    const where = (organizationId: string) => ({ organizationId, externalId: 'C-77' });
    const customers = await plans((tx, organizationId) =>
      tx.customer.findMany({ where: where(organizationId), orderBy: { id: 'desc' }, take: 51 }),
    );
    expect(customers).toMatch(through('customer_organization_id_external_id_key'));
    const holds = await plans((tx, organizationId) => countHolds(tx, organizationId, customerId));
    expect(holds).toMatch(through('booking_holds_by_customer'));
    const bookings = await plans((tx, organizationId) =>
      listBookingRows(tx, organizationId, {
        limit: 50,
        from: '2030-01-03T00:00:00Z',
        to: '2030-01-04T00:00:00Z',
      }),
    );
    expect(bookings).toMatch(through('booking_organization_id_starts_at'));
    expect(customers + holds + bookings).not.toContain('Seq Scan');
  });
});
