import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { OutboxRepository } from '../src/outbox/outbox.repository';
import { idWindow } from '../src/refill/id-window';
import { addressOf, freshCopy, freshNamespace, start, type Started } from './support/service';

const ROWS = 100_000;
const COMMON = 'orion.scheduling.probe.happened.v1';
const RARE = 'orion.scheduling.probe.rare.v1';

/** One event in 25,000 is a rare one; one in ten waits still. */
const FILL = `
  INSERT INTO platform.outbox (id, organization_id, aggregate_id, sequence, type, envelope, published_at)
  SELECT id, $2, 'aggregate ' || n % 5000, 1 + n / 5000, CASE WHEN n % 25000 = 0 THEN $4 ELSE $3 END, repeat('x', 400),
         CASE WHEN n % 10 = 0 THEN NULL ELSE now() END
    FROM unnest($1::uuid[]) WITH ORDINALITY AS made (id, n)`;

describe('an outbox of 100,000 events, read in pages', () => {
  const organizationId = randomUUID();
  const began = Date.now() - 3_600_000;
  const ids = Array.from({ length: ROWS }, (_, n) => uuid({ msecs: began + n * 10 }));
  const window = idWindow(new Date(began), new Date(began + 3_600_000));
  let copy: TestDatabase;
  let service: Started;
  let outbox: OutboxRepository;

  beforeAll(async () => {
    copy = await freshCopy();
    // Nobody is there for this namespace's broker: the relay must not touch the rows.
    service = await start({ copy, namespace: freshNamespace(), url: 'amqp://127.0.0.1:1' });
    outbox = service.app.get(OutboxRepository);
    await service.database.pools.worker.query(FILL, [ids, organizationId, COMMON, RARE]);
    await analyze();
  }, 60_000);
  afterAll(async () => {
    await service.app.close();
    await copy.drop();
  });

  /** As autovacuum does it for the owner. */
  async function analyze(): Promise<void> {
    const url = new URL(addressOf('ORION_POSTGRES_URL'));
    url.pathname = copy.database;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query('ANALYZE platform.outbox');
    await client.end();
  }

  async function pages(types: string[]): Promise<{ ids: string[]; sizes: number[] }> {
    const seen = { ids: [] as string[], sizes: [] as number[] };
    for (let after = window.after; ;) {
      const page = await outbox.page(types, { ...window, after });
      seen.ids.push(...page.rows.map((it) => it.id));
      seen.sizes.push(page.rows.length);
      if (page.last === null) return seen;
      after = page.last;
    }
  }

  it('is answered whole, published or not, a thousand at a time', async () => {
    const seen = await pages([COMMON, RARE]);
    expect(seen.sizes.slice(0, -1)).toEqual(Array.from({ length: 100 }, () => 1_000));
    expect(new Set(seen.ids)).toEqual(new Set(ids));
  });

  it('is searched for a rare type in steps, each bounded', async () => {
    const { ids: found, sizes } = await pages([RARE]);
    expect(found).toHaveLength(4);
    expect(sizes).toHaveLength(11);
  });

  it('leaves out what lies outside the time asked for', async () => {
    const short = idWindow(new Date(began + 100), new Date(began + 199));
    const { rows, more } = await outbox.page([COMMON], short);
    expect(rows.map((it) => it.id).sort()).toEqual(ids.slice(10, 20));
    expect(more).toBe(false);
  });

  it('is read by its primary key, and no more of it than a page may look at', async () => {
    const asked: { text: string; values: unknown[] }[] = [];
    const { worker } = service.database.pools;
    const query = worker.query.bind(worker) as (text: string, values: unknown[]) => Promise<unknown>;
    worker.query = ((text: string, values: unknown[]) => {
      if (text.includes('id > $1')) asked.push({ text, values });
      return query(text, values);
    }) as typeof worker.query;
    await outbox.page([RARE], window);
    worker.query = query as typeof worker.query;
    expect(asked).toHaveLength(2);
    for (const { text, values } of asked) {
      const { rows } = await worker.query<{ 'QUERY PLAN': string }>(`EXPLAIN ANALYZE ${text}`, values);
      const plan = rows.map((it) => it['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/using outbox_pkey on outbox/);
      const looked = [...plan.matchAll(/rows=(\d+)(?:\.\d+)? loops|Rows Removed by Filter: (\d+)/g)].map(
        (it) => Number(it[1] ?? it[2]),
      );
      expect(Math.max(...looked)).toBeLessThanOrEqual(10_000);
    }
  });
});
