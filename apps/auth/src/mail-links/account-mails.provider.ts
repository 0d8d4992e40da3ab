import { Injectable } from '@nestjs/common';
import { accountMailRequested, Language } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { actIn } from '../acting-user.setting';
import type { Credential, Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccountLinkRepository } from './account-link.repository';
import { hasLink, type MailKind } from './account-mail';

export type Addressee = Pick<Credential, 'userId' | 'email' | 'name' | 'language'>;

interface Wish {
  kind: MailKind;
  /** Where it goes, if not to the address of the account. */
  to?: string;
  facts?: Record<string, string>;
}

/** Asks notification for mails about an account. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly links: AccountLinkRepository,
    private readonly memberships: MembershipRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Tells the oldest organization of the person, since every event belongs to one; who is a member of nothing gets no
   * mail and could not sign in either. The transaction is in that organization afterwards.
   */
  async askAtHome(tx: Prisma.TransactionClient, person: Addressee, wish: Wish): Promise<void> {
    const [home] = await this.memberships.ofUser(tx, person.userId);
    if (!home) return;
    await actIn(tx, home.organizationId);
    await this.ask(tx, home.organizationId, person, wish);
  }

  /** In the organization of the transaction. */
  async ask(
    tx: Prisma.TransactionClient,
    organizationId: string,
    person: Addressee,
    wish: Wish,
  ): Promise<void> {
    const { kind, to = person.email } = wish;
    if (!hasLink(kind)) return this.tell(tx, organizationId, person, wish);
    const linkId = await this.links.add(tx, { userId: person.userId, email: to, purpose: kind });
    if (linkId !== null) await this.tell(tx, organizationId, person, wish, linkId);
  }

  /** As `ask`, in any transaction of the organization; without a `linkId` for mails that hold no link. */
  async tell(
    tx: object,
    organizationId: string,
    { userId, name, email, language }: Addressee,
    { kind, to = email, facts = {} }: Wish,
    linkId: string | null = null,
  ): Promise<void> {
    await this.outbox.publishNumbered(tx, accountMailRequested, {
      organizationId,
      subject: userId,
      data: { userId, name, email: to, language: Language.catch('en').parse(language), kind, linkId, facts },
    });
  }
}
