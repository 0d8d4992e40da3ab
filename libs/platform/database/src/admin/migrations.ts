import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, in hex: what `_prisma_migrations` keeps. */
  checksum: string;
}

/** Tables of schema `platform`, the same in every service's database. */
export const PLATFORM_MIGRATIONS = join(__dirname, '../../migrations');

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';

async function migrationsIn(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((it) => it.isDirectory()).map((it) => it.name);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8').catch((error: unknown) => {
        throw isMissing(error) ? new Error(`${join(folder, name)} holds no migration.sql`) : error;
      });
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** The platform's migrations and those under `folders`, in the order of their names. */
export async function readMigrations(
  folders: string[],
  platform = PLATFORM_MIGRATIONS,
): Promise<Migration[]> {
  const lists = await Promise.all([platform, ...folders].map(migrationsIn));
  return lists.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One hash over the content of all of them. */
export const fingerprint = (migrations: Migration[]): string =>
  createHash('sha256')
    .update(migrations.map((it) => `${it.name} ${it.checksum}`).join('\n'))
    .digest('hex');
