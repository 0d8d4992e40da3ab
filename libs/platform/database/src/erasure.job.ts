import { Database } from './database';
import type { RawTx } from './database.types';
import { periodic } from './periodic-job';

/** Wakes the job. */
export const ERASURE_CHANNEL = 'orion_erasure';

const EVERY_MS = 60_000;
const BATCH = 5_000;

/** For so long rows are looked for that came after the order to remove them, such as by an event that was late. */
const WATCHED = "interval '1 hour'";

const ASKED = `
  SELECT organization_id AS "organizationId", asked_at < clock_timestamp() - ${WATCHED} AS settled
    FROM platform.erasure ORDER BY asked_at`;

const FORGET = 'DELETE FROM platform.erasure WHERE organization_id = $1::uuid';

interface Asked {
  organizationId: string;
  settled: boolean;
}

const batchOf = (table: string): string => `
  DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${table} WHERE organization_id = $1::uuid LIMIT ${BATCH}))`;

/** Removes one batch of the organization's rows. @returns false where none is left */
async function removeSome(database: Database, tables: string[], organizationId: string): Promise<boolean> {
  for (const table of tables) {
    const removed = await database.tenant(organizationId, (tx) =>
      (tx as unknown as RawTx).$executeRawUnsafe(batchOf(table), organizationId),
    );
    if (removed > 0) return true;
  }
  return false;
}

/**
 * Removes all rows of organizations that were erased, from every table of the service, a batch at a time. Without a
 * lease: two processes that do it at once are in nobody's way.
 */
export const erasure = periodic({
  name: 'organization-erasure',
  everyMs: EVERY_MS,
  wake: ERASURE_CHANNEL,
  inject: [Database],
  run: async (_signal, database) => {
    const { rows: asked } = await database.pools.worker.query<Asked>(ASKED);
    if (asked.length === 0) return false;
    const { rows } = await database.pools.worker.query<{ table: string }>(
      'SELECT erasable_tables AS "table" FROM platform.erasable_tables()',
    );
    for (const { organizationId, settled } of asked) {
      const tables = rows.map((it) => it.table);
      if (await removeSome(database, tables, organizationId)) return true;
      if (settled) await database.pools.worker.query(FORGET, [organizationId]);
    }
    return false;
  },
});
