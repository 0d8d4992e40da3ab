import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from 'pg';
import { migrateService } from '../admin/migrate';
import { fingerprint, readMigrations } from '../admin/migrations';
import { cloneTemplate, dropDatabase, provisionService, type ServiceUrls } from '../admin/provision';
import { withAdvisoryLock, withClient } from '../admin/statements';

export interface TestDatabase extends ServiceUrls {
  drop(): Promise<void>;
}

const PREFIX = 'orion_test';
/** Roles of tests are not those of an installation, even on the same server. */
const PASSWORDS = { owner: 'test-owner', app: 'test-app', worker: 'test-worker', audit: 'test-audit' };
const COPY = /^orion_test_c_(\d+)_/;

let swept = false;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes the databases of test processes that have ended without doing so. */
async function sweep(client: Client, adminUrl: string): Promise<void> {
  if (swept) return;
  swept = true;
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE datname LIKE $1',
    [`${PREFIX}_c_%`],
  );
  for (const { datname } of rows) {
    const pid = COPY.exec(datname)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) await dropDatabase(adminUrl, datname);
  }
}

async function ensureTemplate(
  client: Client,
  adminUrl: string,
  service: string,
  folder: string,
): Promise<string> {
  const hash = fingerprint(await readMigrations([folder])).slice(0, 12);
  const database = `${PREFIX}_t_${service}_${hash}`;
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [
    database,
  ]);
  if (rowCount !== 0) return database;
  await dropDatabase(adminUrl, database);
  const { ownerUrl } = await provisionService(adminUrl, service, {
    passwords: PASSWORDS,
    prefix: PREFIX,
    database,
  });
  await migrateService(ownerUrl, folder);
  // Nobody connects to a finished template, so copies are never refused.
  await client.query(`ALTER DATABASE "${database}" IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  return database;
}

/**
 * An own, migrated, empty database of a service: a copy of a template that is built once for each state of the
 * migrations.
 * @param prismaDir the folder that holds `migrations`
 */
export async function freshTestDatabase(
  adminUrl: string,
  service: string,
  prismaDir: string,
): Promise<TestDatabase> {
  const database = `${PREFIX}_c_${process.pid}_${service}_${unique()}`;
  const urls = await withClient(adminUrl, (client) =>
    withAdvisoryLock(client, 'orion:test-databases', async () => {
      await sweep(client, adminUrl);
      const template = await ensureTemplate(client, adminUrl, service, join(prismaDir, 'migrations'));
      return cloneTemplate(adminUrl, service, template, { passwords: PASSWORDS, prefix: PREFIX, database });
    }),
  );
  return { ...urls, drop: () => dropDatabase(adminUrl, database) };
}

/** One process may make many, and process ids come again. */
const unique = (): string => randomBytes(4).toString('hex');
