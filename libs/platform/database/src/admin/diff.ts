import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { diffWithEngine } from './schema-engine';

/**
 * The SQL that leads from one Prisma schema to another; an empty text stands for an empty database. The engine asks
 * the server at `url` for its version and leaves it as it is.
 */
export async function diffSchemas(url: string, from: string, to: string): Promise<string> {
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined);
  try {
    return await diffWithEngine(new PrismaPg(pool), from, to);
  } finally {
    await pool.end();
  }
}
