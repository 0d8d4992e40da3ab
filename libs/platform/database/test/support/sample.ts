import { createPino, Log } from '@orion/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Database, freshTestDatabase, type TestDatabase } from '../../src';
import { PrismaClient } from '../generated/prisma/client';

export const silent = (): Log => new Log(createPino('test', { level: 'silent' }));

export function adminUrl(): string {
  const url = process.env['ORION_POSTGRES_URL'];
  if (!url) throw new Error('ORION_POSTGRES_URL is not set');
  return url;
}

export interface Sample {
  copy: TestDatabase;
  database: Database<PrismaClient>;
  close(): Promise<void>;
}

export async function openSample({ pool = 4, log = silent() } = {}): Promise<Sample> {
  const copy = await freshTestDatabase(adminUrl(), 'sample', join(__dirname, '../prisma'));
  const database = connect(copy, { pool, log });
  return {
    copy,
    database,
    async close() {
      await database.onApplicationShutdown();
      await copy.drop();
    },
  };
}

export const connect = (copy: TestDatabase, { pool = 4, log = silent() } = {}): Database<PrismaClient> =>
  new Database<PrismaClient>(
    {
      service: 'sample',
      client: PrismaClient,
      url: copy.url,
      workerUrl: copy.workerUrl,
      pool,
      workerPool: pool,
    },
    log,
  );

export const note = (organizationId: string, text = 'text') => ({ id: randomUUID(), organizationId, text });

export async function eventually<T>(assertion: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(20);
    }
  }
}
