import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const WAITS_WITHIN_MS = 10_000;
/** Shorter than a service waits for a lock. */
const HELD_MS = 2_000;

const WAITING = `SELECT count(*)::int AS n FROM pg_locks WHERE relation = to_regclass($1) AND NOT granted`;

/**
 * Keeps a request in its handler, waiting for a table that is locked, while something else happens.
 * @param ownerUrl logs in as the table's owner
 */
export async function heldWhile<T>(
  { ownerUrl, table }: { ownerUrl: string; table: string },
  request: () => Promise<T>,
  meanwhile: () => void,
): Promise<T> {
  const holder = new Client({ connectionString: ownerUrl });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
    const answer = request();
    let early = false;
    answer.then(
      () => (early = true),
      () => (early = true),
    );
    for (const until = Date.now() + WAITS_WITHIN_MS; ; await sleep(50)) {
      const { rows } = await holder.query<{ n: number }>(WAITING, [table]);
      if ((rows[0]?.n ?? 0) > 0) break;
      if (early) return await answer;
      if (Date.now() > until) throw new Error(`nobody waited for the table ${table}`);
    }
    meanwhile();
    await sleep(HELD_MS);
    await holder.query('ROLLBACK');
    return await answer;
  } finally {
    await holder.end();
  }
}
