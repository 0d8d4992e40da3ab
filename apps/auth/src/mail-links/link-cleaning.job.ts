import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import type { PrismaClient } from '../generated/prisma/client';

const BATCH = 1000;

/** Removes links that ran out a day ago, a batch at a time. */
@Injectable()
export class LinkCleaning implements PeriodicJob {
  readonly name = 'auth.link-cleaning';
  readonly everyMs = 600_000;
  readonly leased = true;

  constructor(private readonly database: Database<PrismaClient>) {}

  async run(): Promise<boolean> {
    const removed = await this.database.worker(
      (tx) => tx.$executeRaw`
        DELETE FROM account_link WHERE id IN (
          SELECT id FROM account_link WHERE expires_at < now() - interval '1 day'
           ORDER BY expires_at LIMIT ${BATCH})`,
    );
    return removed === BATCH;
  }
}
