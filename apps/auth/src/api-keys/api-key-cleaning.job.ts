import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import type { PrismaClient } from '../generated/prisma/client';

const BATCH = 1000;

/** Removes secrets that have ended, and keys that ended three months ago, a batch at a time. */
@Injectable()
export class ApiKeyCleaning implements PeriodicJob {
  readonly name = 'auth.api-key-cleaning';
  readonly everyMs = 600_000;
  readonly leased = true;

  constructor(private readonly database: Database<PrismaClient>) {}

  run(): Promise<boolean> {
    return this.database.worker(async (tx) => {
      const secrets = await tx.$executeRaw`
        DELETE FROM api_key_secret WHERE id IN (
          SELECT id FROM api_key_secret WHERE expires_at < now() ORDER BY expires_at LIMIT ${BATCH})`;
      const keys = await tx.$executeRaw`
        DELETE FROM api_key WHERE id IN (
          SELECT id FROM api_key WHERE expires_at < now() - interval '90 days' ORDER BY expires_at LIMIT ${BATCH})`;
      return [secrets, keys].includes(BATCH);
    });
  }
}
