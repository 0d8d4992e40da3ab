import { Injectable } from '@nestjs/common';
import { accountEmailChanged, changeOf } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { CheckOwnPassword } from '../accounts/check-own-password.use-case';
import { CredentialRepository, type KnownCredential } from '../accounts/credential.repository';
import { actIn } from '../acting-user.setting';
import type { EmailChange, Prisma, PrismaClient } from '../generated/prisma/client';
import { AccountLinkRepository } from '../mail-links/account-link.repository';
import { AccountMails } from '../mail-links/account-mails.provider';
import { MembershipRepository } from '../roles/membership.repository';
import { SessionEnding } from '../sessions/session-ending.repository';
import type { Caller } from './passwords.use-case';

type Tx = Prisma.TransactionClient;

const SIDES = ['change-email-old', 'change-email-new'] as const;

@Injectable()
export class Emails {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CredentialRepository,
    private readonly own: CheckOwnPassword,
    private readonly links: AccountLinkRepository,
    private readonly mails: AccountMails,
    private readonly memberships: MembershipRepository,
    private readonly ending: SessionEnding,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** @throws LINK_INVALID */
  async verify(token: string): Promise<void> {
    await this.database.global(async (tx) => {
      const link = await this.links.take(tx, token, ['verify-email']);
      const proved = link && (await this.credentials.verified(tx, link.userId, link.email));
      if (!proved) throw new BusinessRuleException('LINK_INVALID');
    });
  }

  async resend(userId: string): Promise<void> {
    await this.database.global(async (tx) => {
      const person = await this.credentials.byId(tx, userId);
      if (person && !person.emailVerifiedAt) await this.mails.askAtHome(tx, person, { kind: 'verify-email' });
    });
  }

  /**
   * Mails a link to either address; a wish before is given up. Whether the new one is taken is told only to who reads
   * its mail.
   * @throws WRONG_PASSWORD, TOO_MANY_REQUESTS, BUSY
   */
  async change({ userId, address }: Caller, email: string, password: string): Promise<void> {
    const person = await this.own.run(userId, password, address);
    await this.database.global(async (tx) => {
      await this.credentials.lock(tx, userId);
      await this.links.forget(tx, userId, SIDES);
      const wish = { email, oldConfirmed: false, newConfirmed: false };
      await tx.emailChange.upsert({ where: { userId }, create: { userId, ...wish }, update: wish });
      const facts = { newEmail: email };
      await this.mails.askAtHome(tx, person, { kind: 'change-email-old', facts });
      await this.mails.askAtHome(tx, person, { kind: 'change-email-new', to: email, facts });
    });
  }

  /** @returns whether the address has changed by this. @throws LINK_INVALID, EMAIL_TAKEN */
  async confirm(token: string): Promise<boolean> {
    return this.database.global(async (tx) => {
      const link = await this.links.take(tx, token, SIDES);
      const wish = link && (await this.confirmed(tx, link.userId, link.purpose === 'change-email-old'));
      if (!wish) throw new BusinessRuleException('LINK_INVALID');
      if (!wish.oldConfirmed || !wish.newConfirmed) return false;
      await this.make(tx, wish);
      return true;
    });
  }

  private async confirmed(tx: Tx, userId: string, old: boolean): Promise<EmailChange | null> {
    await this.credentials.lock(tx, userId);
    const { count } = await tx.emailChange.updateMany({
      where: { userId },
      data: old ? { oldConfirmed: true } : { newConfirmed: true },
    });
    return count === 1 ? tx.emailChange.findUnique({ where: { userId } }) : null;
  }

  private async make(tx: Tx, { userId, email }: EmailChange): Promise<void> {
    const before = await this.credentials.byId(tx, userId);
    if (!before || !(await this.credentials.setEmail(tx, userId, email))) {
      throw new BusinessRuleException('EMAIL_TAKEN');
    }
    await tx.emailChange.deleteMany({ where: { userId } });
    await this.links.forget(tx, userId, ['reset-password', 'verify-email']);
    await this.ending.ofUser(tx, userId, 'email');
    await this.tell(tx, before, email);
    this.log.info('account_email_change_succeeded', { userId });
  }

  private async tell(tx: Tx, before: KnownCredential, email: string): Promise<void> {
    const { userId } = before;
    const [home] = await this.memberships.ofUser(tx, userId);
    if (!home) return;
    const { organizationId } = home;
    await actIn(tx, organizationId);
    await this.outbox.publishNumbered(tx, accountEmailChanged, {
      organizationId,
      subject: userId,
      data: { userId, email },
      change: changeOf({ email: before.email }, { email }),
      actorId: userId,
    });
    await this.mails.ask(tx, organizationId, before, { kind: 'email-changed', facts: { newEmail: email } });
  }
}
