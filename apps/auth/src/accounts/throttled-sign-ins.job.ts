import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import { CLIENT, currentContext, runInContext } from '@orion/logger';
import { v7 as uuid } from 'uuid';
import type { PrismaClient, ThrottledSignIn } from '../generated/prisma/client';
import { AccountRecords } from '../mail-links/account-records.provider';
import { CredentialRepository } from './credential.repository';

const CHANNEL = 'auth_throttled_sign_ins';

/**
 * Tells the audit log of sign-ins that failed so often that the next ones are delayed. An unknown address is written down
 * alike, and looked up after whoever tried was answered, so that it takes neither longer nor shorter.
 */
@Injectable()
export class ThrottledSignIns implements PeriodicJob {
  readonly name = 'auth.throttled-sign-ins';
  readonly everyMs = 10_000;
  readonly wake = CHANNEL;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CredentialRepository,
    private readonly records: AccountRecords,
  ) {}

  async note(email: string): Promise<void> {
    const { correlationId, [CLIENT]: client } = currentContext();
    const { address = '', userAgent = '' } = client ?? {};
    await this.database.global(async (tx) => {
      await tx.throttledSignIn.createMany({
        data: [{ id: uuid(), email, address, userAgent, correlationId }],
      });
      await this.database.notify(tx, CHANNEL);
    });
  }

  run(): Promise<boolean> {
    return this.database.global(async (tx) => {
      const [noted] = await tx.$queryRaw<ThrottledSignIn[]>`
        DELETE FROM throttled_sign_in WHERE id = (
          SELECT id FROM throttled_sign_in ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, email, address, user_agent AS "userAgent", correlation_id AS "correlationId"`;
      if (!noted) return false;
      const { email, address, userAgent, correlationId } = noted;
      const person = await this.credentials.byEmail(tx, email);
      const context = { correlationId, [CLIENT]: { address, userAgent } };
      if (person)
        await runInContext(context, () => this.records.tell(tx, person.userId, 'sign-in-throttled', null));
      return true;
    });
  }
}
