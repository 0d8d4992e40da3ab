import { Injectable } from '@nestjs/common';
import type { provisionAccount } from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Membership, PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../memberships/membership.repository';
import { FoundOrganization } from '../organizations/found-organization.use-case';
import { PersonRepository } from './person.repository';

type Ask = z.output<typeof provisionAccount.ask>;
type Answer = z.input<typeof provisionAccount.answer>;

@Injectable()
export class ProvisionAccount {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly people: PersonRepository,
    private readonly memberships: MembershipRepository,
    private readonly found: FoundOrganization,
  ) {}

  /** Idempotent by `userId`; the answer is the membership of the first organization as it stands now. */
  async run(ask: Ask): Promise<Answer> {
    const membership =
      (await this.known(ask.userId)) ?? (await this.create(ask)) ?? (await this.known(ask.userId));
    if (!membership) throw new BusinessRuleException('EMAIL_TAKEN');
    const { userId, organizationId, id, roles, joinedAt, sequence } = membership;
    return { userId, organizationId, membershipId: id, roles, joinedAt: joinedAt.toISOString(), sequence };
  }

  private async known(userId: string): Promise<Membership | null> {
    const person = await this.database.global((tx) => this.people.self(tx, userId));
    if (!person) return null;
    const { homeOrganizationId } = person;
    return this.database.tenant(homeOrganizationId, (tx) =>
      this.memberships.find(tx, homeOrganizationId, userId),
    );
  }

  /** @returns null where the person or their e-mail is there already, also when added at this very moment */
  private create({ userId, email, name, organizationName }: Ask): Promise<Membership | null> {
    const homeOrganizationId = uuid();
    return this.database.tenant(homeOrganizationId, async (tx) => {
      if (!(await this.people.add(tx, { id: userId, email, name, homeOrganizationId }))) return null;
      const wish = { id: homeOrganizationId, name: organizationName, now: new Date() };
      const { membership } = await this.found.run(tx, { id: userId, email }, wish);
      return membership;
    });
  }
}
