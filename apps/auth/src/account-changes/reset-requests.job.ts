import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import { CredentialRepository } from '../accounts/credential.repository';
import type { PrismaClient } from '../generated/prisma/client';
import { AccountMails } from '../mail-links/account-mails.provider';

export const RESETS_CHANNEL = 'auth_reset_requests';

/** Looks up who forgot a password and asks for the mail, after whoever asked was answered. */
@Injectable()
export class ResetRequests implements PeriodicJob {
  readonly name = 'auth.reset-requests';
  readonly everyMs = 10_000;
  readonly wake = RESETS_CHANNEL;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CredentialRepository,
    private readonly mails: AccountMails,
  ) {}

  run(): Promise<boolean> {
    return this.database.global(async (tx) => {
      const [request] = await tx.$queryRaw<{ email: string }[]>`
        DELETE FROM reset_request WHERE id = (
          SELECT id FROM reset_request ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING email`;
      if (!request) return false;
      const person = await this.credentials.byEmail(tx, request.email);
      if (person?.state === 'ACTIVE') await this.mails.askAtHome(tx, person, { kind: 'reset-password' });
      return true;
    });
  }
}
