import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import type { PrismaClient } from '../generated/prisma/client';

const BATCH = 1000;

/** Removes attempts of people who never came back from their provider, a batch at a time. */
@Injectable()
export class SignOnCleaning implements PeriodicJob {
  readonly name = 'auth.sign-on-cleaning';
  readonly everyMs = 600_000;
  readonly leased = true;

  constructor(private readonly database: Database<PrismaClient>) {}

  async run(): Promise<boolean> {
    const removed = await this.database.worker(
      (tx) => tx.$executeRaw`
        DELETE FROM sign_on_attempt WHERE hash IN (
          SELECT hash FROM sign_on_attempt WHERE expires_at < now() ORDER BY expires_at LIMIT ${BATCH})`,
    );
    return removed === BATCH;
  }
}
