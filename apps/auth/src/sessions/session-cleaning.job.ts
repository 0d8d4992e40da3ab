import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import { REVOCATION_LIFE_MS } from '@orion/security';
import type { PrismaClient } from '../generated/prisma/client';

const BATCH = 1000;

/** Removes refresh tokens that have ended, sessions that ended a month ago, old revocations and challenges, a batch at a time. */
@Injectable()
export class SessionCleaning implements PeriodicJob {
  readonly name = 'auth.session-cleaning';
  readonly everyMs = 600_000;
  readonly leased = true;

  constructor(private readonly database: Database<PrismaClient>) {}

  run(): Promise<boolean> {
    return this.database.worker(async (tx) => {
      const tokens = await tx.$executeRaw`
        DELETE FROM refresh_token WHERE hash IN (
          SELECT hash FROM refresh_token WHERE expires_at < now() ORDER BY expires_at LIMIT ${BATCH})`;
      const sessions = await tx.$executeRaw`
        DELETE FROM session WHERE id IN (
          SELECT id FROM session WHERE expires_at < now() - interval '30 days' ORDER BY expires_at LIMIT ${BATCH})`;
      const revocations = await tx.$executeRaw`
        DELETE FROM revocation WHERE key IN (
          SELECT key FROM revocation WHERE at < now() - ${REVOCATION_LIFE_MS} * interval '1 millisecond'
           ORDER BY at LIMIT ${BATCH})`;
      const challenges = await tx.$executeRaw`
        DELETE FROM login_challenge WHERE hash IN (
          SELECT hash FROM login_challenge WHERE expires_at < now() ORDER BY expires_at LIMIT ${BATCH})`;
      const passkeys = await tx.$executeRaw`
        DELETE FROM passkey_challenge WHERE hash IN (
          SELECT hash FROM passkey_challenge WHERE expires_at < now() ORDER BY expires_at LIMIT ${BATCH})`;
      return [tokens, sessions, revocations, challenges, passkeys].includes(BATCH);
    });
  }
}
