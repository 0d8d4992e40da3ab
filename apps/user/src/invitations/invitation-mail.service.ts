import { Injectable } from '@nestjs/common';
import { changeOf, invitationSent, Language } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { type Principal, sealFor } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import { PersonRepository } from '../people/person.repository';
import type { InvitationRow } from './invitation';

/** Asks for the mail of an invitation. */
@Injectable()
export class InvitationMail {
  constructor(
    private readonly people: PersonRepository,
    private readonly organizations: OrganizationRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @param key that seals the token; asked for before the transaction */
  async send(
    tx: Prisma.TransactionClient,
    { organizationId, userId }: Principal,
    invitation: InvitationRow,
    token: string,
    key: string,
  ): Promise<void> {
    const organization = await this.organizations.find(tx, organizationId);
    const inviter = await this.people.self(tx, userId);
    if (!organization) throw new BusinessRuleException('NOT_FOUND');
    const { id, email, roles, language, expiresAt } = invitation;
    await this.outbox.publish(tx, invitationSent, {
      organizationId,
      subject: id,
      data: {
        invitationId: id,
        email,
        roles,
        organizationName: organization.name,
        invitedBy: userId,
        // An API key of the organization is no person.
        inviterName: inviter?.name ?? organization.name,
        language: Language.parse(language),
        expiresAt: expiresAt.toISOString(),
        sealedToken: sealFor(key, id, token),
      },
      change: changeOf(null, { email, roles, language, expiresAt: expiresAt.toISOString() }),
    });
  }
}
