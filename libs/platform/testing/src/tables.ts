import { withClient } from '@orion/database';
import type { Client } from 'pg';

export interface OpenTable {
  table: string;
  why: 'no policy' | 'not forced';
}

const OPEN = `
  SELECT c.oid::regclass::text AS "table",
         CASE WHEN c.relrowsecurity AND c.relforcerowsecurity THEN 'no policy' ELSE 'not forced' END AS why
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname IN ('public', 'platform') AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
     AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
     AND NOT EXISTS (SELECT FROM platform.global_table_reason g WHERE g.table_name = c.oid::regclass::text)
   ORDER BY 1`;

/** Tables no policy covers and no reason of the allow-list excuses; there must be none. */
export const openTables = (ownerUrl: string): Promise<OpenTable[]> =>
  withClient(ownerUrl, async (client) => (await client.query<OpenTable>(OPEN)).rows);

interface TenantTable {
  table: string;
  /** The column that holds the organization. */
  column: string;
}

/** Tables with the policy of `platform.tenant_table`; `organization` is one by its id. */
const TENANT = `
  SELECT c.oid::regclass::text AS "table",
         CASE WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id'
                              AND NOT a.attisdropped) THEN 'organization_id' ELSE 'id' END AS "column"
    FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'tenant'
   WHERE c.relkind IN ('r', 'p') ORDER BY 1`;

/** Makes everything but keys optional; only for a database that is thrown away. */
const LOOSEN = `
  DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT conrelid::regclass AS t, conname FROM pg_constraint JOIN pg_policy ON polrelid = conrelid AND polname = 'tenant'
               WHERE contype = 'c' LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', it.t, it.conname);
    END LOOP;
    FOR it IN SELECT a.attrelid::regclass AS t, a.attname FROM pg_attribute a
                JOIN pg_policy p ON p.polrelid = a.attrelid AND p.polname = 'tenant'
               WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND a.attidentity = '' AND NOT EXISTS (
                 SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)) LOOP
      EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', it.t, it.attname);
    END LOOP;
  END $$`;

const KEYS = `
  SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
   WHERE i.indrelid = $1::regclass AND i.indisprimary AND a.attidentity = ''`;

const VALUES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: 'gen_random_uuid()::text',
  bytea: `decode(md5(random()::text), 'hex')`,
  date: 'current_date',
};

async function addRow(client: Client, { table, column }: TenantTable, organizationId: string): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(KEYS, [table]);
  const values = new Map(
    rows.map((it) => [it.name, VALUES[it.type] ?? (/time/.test(it.type) ? 'now()' : '1')]),
  );
  values.set(column, `'${organizationId}'::uuid`);
  const columns = [...values.keys()].map((it) => `"${it}"`).join(', ');
  await client.query(`INSERT INTO ${table} (${columns}) VALUES (${[...values.values()].join(', ')})`);
}

/**
 * Puts a row of each organization into every tenant table, past all checks.
 * @param adminUrl a superuser's, of a database that is thrown away
 * @returns the tables
 */
export const fillTenantTables = (adminUrl: string, organizationIds: string[]): Promise<TenantTable[]> =>
  withClient(adminUrl, async (client) => {
    await client.query(LOOSEN);
    await client.query('SET session_replication_role = replica');
    const { rows } = await client.query<TenantTable>(TENANT);
    for (const table of rows) for (const id of organizationIds) await addRow(client, table, id);
    return rows;
  });

const DENIED = '42501';

/** How many rows a statement without any `where` finds; none where the role may not make it at all. */
async function found(client: Client, text: string): Promise<number> {
  await client.query('SAVEPOINT asked');
  try {
    return (await client.query(text)).rowCount ?? 0;
  } catch (error) {
    if ((error as { code?: string }).code !== DENIED) throw error;
    await client.query('ROLLBACK TO SAVEPOINT asked');
    return 0;
  }
}

/**
 * What the application's role reaches in an organization, or in none, by statements that forgot their `where`; nothing
 * is changed.
 * @returns sentences about rows of others
 */
export const reachedWithoutWhere = (
  appUrl: string,
  tables: readonly TenantTable[],
  organizationId: string | null,
): Promise<string[]> =>
  withClient(appUrl, async (client) => {
    const faults: string[] = [];
    await client.query('BEGIN');
    await client.query(`SELECT set_config('orion.organization_id', $1, true)`, [organizationId ?? '']);
    const most = organizationId === null ? 0 : 1;
    for (const { table, column } of tables) {
      const seen = await found(client, `SELECT * FROM ${table}`);
      const changed = await found(client, `UPDATE ${table} SET "${column}" = "${column}"`);
      const removed = await found(client, `DELETE FROM ${table}`);
      for (const [verb, rows] of Object.entries({ seen, changed, removed }))
        if (rows > most) faults.push(`${table}: ${rows} rows ${verb}, ${most} expected at most`);
    }
    await client.query('ROLLBACK');
    return faults;
  });
