import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { organizationErased } from '@orion/contracts';
import { Database, withClient } from '@orion/database';
import { ErasureConsumer } from '@orion/messaging';
import { eventually, type TestService } from '@orion/testing';
import { startService } from './support/service';
import { newWorld, type World } from './support/world';

let service: TestService;
let erased: World;
let kept: World;
beforeAll(async () => {
  service = await startService();
  [erased, kept] = [await newWorld(service), await newWorld(service)];
  for (const world of [erased, kept]) await world.technician({ skills: ['gas'] });
});
afterAll(() => service.close());

const TABLES = 'SELECT erasable_tables AS name FROM platform.erasable_tables()';

/** Rows of an organization, table by table, as the owner of the server sees them. */
async function rowsOf({ admin }: World): Promise<Record<string, number>> {
  const url = new URL(process.env['ORION_POSTGRES_URL'] ?? '');
  url.pathname = service.database.database;
  return withClient(url.href, async (client) => {
    const { rows } = await client.query<{ name: string }>(TABLES);
    const counts: [string, number][] = [];
    for (const { name } of rows) {
      const text = `SELECT count(*)::int AS n FROM ${name} WHERE organization_id = $1`;
      const { rows: found } = await client.query<{ n: number }>(text, [admin.organizationId]);
      counts.push([name, found[0]?.n ?? 0]);
    }
    return Object.fromEntries(counts);
  });
}

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

it('nothing is left of an erased organization, and all of every other', async () => {
  const [before, theirs] = [await rowsOf(erased), await rowsOf(kept)];
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['business_unit', 'technician', 'provider']));
  expect(before['technician']).toBe(1);
  const { organizationId } = erased.admin;
  const database = service.app.get(Database);
  const event = { type: organizationErased.type, organizationid: organizationId, data: { organizationId } };
  await database.tenant(organizationId, (tx) =>
    service.app.get(ErasureConsumer, { strict: false }).handle(tx as object, event as never),
  );
  await eventually(async () => expect(sum(await rowsOf(erased))).toBe(0));
  expect(await rowsOf(kept)).toEqual(theirs);
});
