import { Injectable } from '@nestjs/common';
import { accountRegistered, changeOf, provisionAccount } from '@orion/contracts';
import { Database } from '@orion/database';
import { Outbox, Questions } from '@orion/messaging';
import type { z } from 'zod';
import type { PrismaClient } from '../generated/prisma/client';
import { AccountMails } from '../mail-links/account-mails.provider';
import { MembershipRepository } from '../roles/membership.repository';
import { CredentialRepository, type Reservation } from './credential.repository';

type FirstMembership = z.output<typeof provisionAccount.answer>;

/** Makes a reserved account usable. Safe to repeat and to run twice at once, so that any crash can be made good. */
@Injectable()
export class CompleteAccount {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly questions: Questions,
    private readonly credentials: CredentialRepository,
    private readonly memberships: MembershipRepository,
    private readonly outbox: Outbox,
    private readonly mails: AccountMails,
  ) {}

  /** @throws UPSTREAM_UNAVAILABLE, and leaves the account reserved */
  async run(account: Reservation): Promise<{ organizationId: string }> {
    const { userId, email, name, organizationName } = account;
    const answer = await this.questions.ask(provisionAccount, { userId, email, name, organizationName });
    return this.finish(account, answer, { emailProved: false });
  }

  /**
   * Opens the account to its bearer, who has this first membership.
   * @param emailProved whether the bearer has shown that mail to the address reaches them; they are asked to otherwise
   */
  async finish(
    account: Reservation,
    membership: FirstMembership,
    { emailProved }: { emailProved: boolean },
  ): Promise<{ organizationId: string }> {
    const { email } = account;
    const { userId, organizationId, membershipId, roles, joinedAt, sequence } = membership;
    await this.database.tenant(organizationId, async (tx) => {
      await this.memberships.keep(tx, {
        id: membershipId,
        organizationId,
        userId,
        roles,
        active: true,
        joinedAt: new Date(joinedAt),
        sequence,
      });
      if (!(await this.credentials.activate(tx, userId, new Date()))) return;
      await this.outbox.publish(tx, accountRegistered, {
        organizationId,
        subject: userId,
        data: { userId, email },
        change: changeOf(null, { email }),
        actorId: userId,
      });
      if (emailProved) await this.credentials.verified(tx, userId, email);
      else await this.mails.ask(tx, organizationId, account, { kind: 'verify-email' });
    });
    return { organizationId };
  }
}
