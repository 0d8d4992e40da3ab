import { PrismaPg } from '@prisma/adapter-pg';
import { Client, Pool } from 'pg';
import { type Migration, readMigrations } from './migrations';
import { applyWithEngine } from './schema-engine';
import { withAdvisoryLock, withClient } from './statements';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

interface Applied {
  migration_name: string;
  checksum: string;
}

async function appliedIn(client: Client): Promise<Map<string, string>> {
  const { rows: found } = await client.query<{ table: string | null }>(
    `SELECT to_regclass('public._prisma_migrations')::text AS "table"`,
  );
  if (!found[0]?.table) return new Map();
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((it) => [it.migration_name, it.checksum]));
}

function pendingOf(migrations: Migration[], applied: Map<string, string>): Migration[] {
  const changed = migrations.filter((it) => applied.has(it.name) && applied.get(it.name) !== it.checksum);
  if (changed.length > 0) {
    throw new Error(
      `changed after they were applied: ${changed.map((it) => it.name).join(', ')}; add a new migration instead`,
    );
  }
  return migrations.filter((it) => !applied.has(it.name));
}

/**
 * The Prisma adapter cuts a script at every semicolon, also inside function bodies; PostgreSQL takes the whole
 * script at once, as one transaction.
 */
class WholeScripts extends PrismaPg {
  override async connect(): Promise<Adapter> {
    return wholeScripts(await super.connect());
  }

  override async connectToShadowDb(): Promise<Adapter> {
    return wholeScripts(await super.connectToShadowDb());
  }
}

function wholeScripts(adapter: Adapter): Adapter {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

async function apply(url: string, migrations: Migration[]): Promise<string[]> {
  const pool = new Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  try {
    return await applyWithEngine(new WholeScripts(pool), migrations);
  } finally {
    await pool.end();
  }
}

async function refuseUncovered(client: Client): Promise<void> {
  const { rows } = await client.query<{ uncovered_tables: string }>('SELECT platform.uncovered_tables()');
  if (rows.length === 0) return;
  const names = rows.map((it) => it.uncovered_tables).join(', ');
  throw new Error(`neither under row-level security nor on the allow-list (platform.global_table): ${names}`);
}

/**
 * Brings a database to the state of the platform's migrations and those in `migrationsDir`. Answers the names
 * applied; costs one query when there is nothing to do. Refuses tables that no policy covers.
 */
export async function migrateService(ownerUrl: string, migrationsDir: string): Promise<string[]> {
  const migrations = await readMigrations([migrationsDir]);
  return withClient(ownerUrl, async (client) => {
    if (pendingOf(migrations, await appliedIn(client)).length === 0) return [];
    return withAdvisoryLock(client, 'orion:migrate', async () => {
      if (pendingOf(migrations, await appliedIn(client)).length === 0) return [];
      const applied = await apply(ownerUrl, migrations);
      await refuseUncovered(client);
      return applied;
    });
  });
}
