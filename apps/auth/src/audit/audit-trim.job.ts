import { Injectable } from '@nestjs/common';
import { AUDIT_RETENTION } from '@orion/contracts';
import { Database, type PeriodicJob } from '@orion/database';
import type { PrismaClient } from '../generated/prisma/client';

/** Entries of one organization that are removed at once. */
const BATCH = 1_000;

/** Removes entries their organization does not want to keep any longer, through the one function that may. */
@Injectable()
export class AuditTrim implements PeriodicJob {
  readonly name = 'auth.audit-trim';
  readonly everyMs = 3_600_000;
  readonly leased = true;

  constructor(private readonly database: Database<PrismaClient>) {}

  run(): Promise<boolean> {
    return this.database.worker(async (tx) => {
      const [row] = await tx.$queryRaw<{ gone: number }[]>`
        SELECT audit_trim(${AUDIT_RETENTION.usual}::int, ${BATCH}::int) AS gone`;
      return (row?.gone ?? 0) >= BATCH;
    });
  }
}
