import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { PRISMA_DIR } from './support/service';

let database: Awaited<ReturnType<typeof freshDatabase>>;
const clients: Client[] = [];

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

beforeAll(async () => {
  database = await freshDatabase('gateway', PRISMA_DIR);
});
afterAll(async () => {
  await Promise.all(clients.map((it) => it.end()));
  await database.drop();
});

describe('the tables of the gateway', () => {
  it('are all under row-level security', async () => {
    const audit = await connect(database.auditUrl);
    const { rows } = await audit.query<{ relname: string; forced: boolean }>(
      `SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY relname`,
    );
    expect(rows.map((it) => it.relname)).toEqual(expect.arrayContaining(['activity', 'activity_position']));
    expect(rows.filter((it) => !it.forced)).toEqual([]);
  });

  it('show and take rows of the organization at work only', async () => {
    const app = await connect(database.url);
    const [ours, theirs] = [randomUUID(), randomUUID()];
    const insert = (organizationId: string) =>
      app.query('INSERT INTO activity_position (organization_id, last) VALUES ($1, 1)', [organizationId]);
    const seen = async () => (await app.query('SELECT organization_id FROM activity_position')).rows.length;
    const workFor = (organizationId: string) =>
      app.query(`SELECT set_config('orion.organization_id', $1, false)`, [organizationId]);
    expect(await seen()).toBe(0);
    await workFor(ours);
    await insert(ours);
    await expect(insert(theirs)).rejects.toMatchObject({ code: '42501' });
    expect(await seen()).toBe(1);
    await workFor(theirs);
    expect(await seen()).toBe(0);
    await workFor('');
    expect(await seen()).toBe(0);
  });

  it('answer every query of the feed from an index, also under row-level security', async () => {
    const app = await connect(database.url);
    const organizationId = randomUUID();
    await app.query(`SELECT set_config('orion.organization_id', $1, false)`, [organizationId]);
    await app.query(
      `INSERT INTO activity (organization_id, position, event_id, type, text, subject, service_order_id, correlation_id, at)
       SELECT $1, n, gen_random_uuid(), 't', 'x', 's', CASE WHEN n % 500 = 0 THEN $2::uuid END, 'c', now()
       FROM generate_series(1, 20000) n`,
      [organizationId, organizationId],
    );
    const owner = await connect(database.ownerUrl);
    await owner.query('ANALYZE activity');
    const plan = async (sql: string, values: unknown[]) =>
      (await app.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values)).rows
        .map((it) => it['QUERY PLAN'])
        .join('\n');
    const queries: [string, unknown[]][] = [
      [
        'SELECT * FROM activity WHERE organization_id = $1 AND position > $2 ORDER BY position LIMIT 200',
        [organizationId, 19_000],
      ],
      [
        'SELECT * FROM activity WHERE organization_id = $1 AND position < $2 ORDER BY position DESC LIMIT 51',
        [organizationId, 9_000],
      ],
      [
        'SELECT * FROM activity WHERE organization_id = $1 AND service_order_id = $2 ORDER BY position DESC LIMIT 51',
        [organizationId, organizationId],
      ],
    ];
    for (const [sql, values] of queries) expect(await plan(sql, values)).toMatch(/Index (Only )?Scan/);
  });
});
