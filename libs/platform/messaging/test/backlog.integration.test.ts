import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, type TestDatabase } from '@orion/database';
import { createPino, Log } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { OutboxRepository, RELAY_LEASE } from '../src/outbox/outbox.repository';
import { PrismaClient } from './generated/prisma/client';
import { addressOf, freshCopy } from './support/service';

const PUBLISHED = 50_000;
const WAITING = 1_200;

/** Rows `from` to `to` of an outbox, as they lie there after a week. */
const FILL = `
  INSERT INTO platform.outbox (id, organization_id, aggregate_id, sequence, type, envelope, published_at)
  SELECT gen_random_uuid(), $1, 'aggregate ' || n, 1, 'orion.scheduling.probe.happened.v1', repeat('x', 400), $4
    FROM generate_series($2::int, $3::int) AS n`;

describe('an outbox with a long history', () => {
  let copy: TestDatabase;
  let database: Database;
  let outbox: OutboxRepository;
  const asked: { text: string; values: unknown[] }[] = [];

  beforeAll(async () => {
    copy = await freshCopy();
    const log = new Log(createPino('test', { level: 'silent' }));
    const { url, workerUrl } = copy;
    database = new Database(
      { service: 'scheduling', client: PrismaClient, url, workerUrl, pool: 1, workerPool: 1 },
      log,
    );
    outbox = new OutboxRepository(database);
    await asAdmin(async (client) => {
      await client.query(FILL, [randomUUID(), 1, PUBLISHED, new Date()]);
      await client.query(FILL, [randomUUID(), PUBLISHED + 1, PUBLISHED + WAITING, null]);
      await client.query(`INSERT INTO platform.lease VALUES ($1, 7, $2, 'infinity')`, [
        RELAY_LEASE,
        randomUUID(),
      ]);
      await client.query('VACUUM ANALYZE platform.outbox');
    });
    const { worker } = database.pools;
    const query = worker.query.bind(worker) as (text: string, values: unknown[]) => Promise<unknown>;
    worker.query = ((text: string, values: unknown[]) => {
      asked.push({ text, values });
      return query(text, values);
    }) as typeof worker.query;
  }, 60_000);
  afterAll(async () => {
    await database.onApplicationShutdown();
    await copy.drop();
  });

  async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const url = new URL(addressOf('ORION_POSTGRES_URL'));
    url.pathname = copy.database;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** The plan of the last statement of the repository, as the role that asks it. */
  async function plan(): Promise<string> {
    const { text, values } = asked.at(-1) ?? { text: '', values: [] };
    const { rows } = await database.pools.worker.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
    return rows.map((it) => it['QUERY PLAN']).join('\n');
  }

  it('is asked for what waits through the index of that, whatever lies behind', async () => {
    const rows = await outbox.waiting(500, []);
    expect(rows).toHaveLength(500);
    expect(await plan()).toContain('Index Scan using outbox_waiting on outbox');
  });

  it('is asked for what waits behind rows that are waited for already', async () => {
    const [first, all] = [await outbox.waiting(500, []), await outbox.waiting(1_000, [])];
    const ids = first.map((it) => it.id);
    expect((await outbox.waiting(500, ids)).map((it) => it.id)).toEqual(all.slice(500).map((it) => it.id));
    expect(await plan()).toContain('Index Scan using outbox_waiting on outbox');
  });

  it('is marked through an index, by the holder of the lease only', async () => {
    const ids = (await outbox.waiting(100, [])).map((it) => it.id);
    expect(await outbox.markPublished(ids, 6n)).toBe(0);
    expect(await outbox.markPublished(ids, 7n)).toBe(100);
    expect(await outbox.markPublished(ids, 7n)).toBe(0);
    expect(await plan()).toMatch(/using outbox_(pkey|waiting) on outbox/);
    expect((await outbox.waiting(2_000, [])).map((it) => it.id)).toEqual(expect.not.arrayContaining(ids));
  });

  it('is counted without reading what was published', async () => {
    expect((await outbox.backlog()).rows).toBe(WAITING - 100);
    expect(await plan()).toMatch(
      /Index (Only )?Scan using outbox_waiting|Bitmap Index Scan on outbox_waiting/,
    );
  });
});
