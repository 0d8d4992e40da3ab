import { type Platform, queryRows, reading } from '@orion/access';

const TABLES = `
  SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity
     AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1`;

/**
 * Reads every table under row-level security as each service's application role without naming an organization.
 * @throws Error where a row is seen
 */
export async function readWithoutContext({
  postgres,
}: Platform): Promise<{ tables: number; hidden: number }> {
  let tables = 0;
  let hidden = 0;
  for (const [service, { appUrl }] of Object.entries(postgres.services)) {
    const names = (await queryRows(appUrl, TABLES)).map((it) => String(it['name']));
    const count = (url: string) =>
      reading(url, async (query) => {
        const rows = [];
        for (const name of names)
          rows.push(...(await query(`SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`)));
        return rows;
      });
    const seen = (await count(appUrl)).filter((it) => it['rows'] !== 0);
    if (seen.length > 0) throw new Error(`without an organization ${service} shows ${JSON.stringify(seen)}`);
    const there = await count(postgres.auditUrls[service] ?? '');
    tables += names.length;
    hidden += there.reduce((sum, it) => sum + Number(it['rows']), 0);
  }
  return { tables, hidden };
}
