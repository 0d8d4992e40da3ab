import { Injectable } from '@nestjs/common';
import type { joinOrganization } from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Membership, Prisma, PrismaClient } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import { PersonRepository } from '../people/person.repository';
import { RoleDirectory } from '../roles/role-directory.service';
import { belongs } from './member';
import { MembershipRepository } from './membership.repository';

type Ask = z.output<typeof joinOrganization.ask>;

@Injectable()
export class JoinOrganization {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly people: PersonRepository,
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
    private readonly directory: RoleDirectory,
  ) {}

  /**
   * Idempotent by `userId`: a member stays as they are.
   * @throws NO_MEMBERSHIP where the organization is deleted, or removed them: then only an admin lets them in again;
   *   ROLE_UNKNOWN, EMAIL_TAKEN
   */
  async run(ask: Ask): Promise<Membership> {
    const { organizationId, role } = ask;
    const grants = await this.directory.grants(organizationId, [role]);
    return this.database.tenant(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const organization = await this.organizations.find(tx, organizationId);
      const former = await this.memberships.find(tx, organizationId, ask.userId);
      if (former && belongs(former)) return former;
      if (former || !organization || organization.eraseAt) throw new BusinessRuleException('NO_MEMBERSHIP');
      if (grants.unknown([role]).length > 0) throw new BusinessRuleException('ROLE_UNKNOWN');
      await this.know(tx, ask);
      const membership = {
        ...{ id: uuid(), organizationId, userId: ask.userId, roles: [role], active: true },
        ...{ joinedAt: new Date(), suspendedAt: null, title: '' },
      };
      return this.memberships.save(tx, ask.email, membership, null, ask.userId);
    });
  }

  private async know(tx: Prisma.TransactionClient, ask: Ask): Promise<void> {
    const { userId: id, email, name, organizationId: homeOrganizationId } = ask;
    if (await this.people.self(tx, id)) return;
    if (!(await this.people.add(tx, { id, email, name, homeOrganizationId })))
      throw new BusinessRuleException('EMAIL_TAKEN');
  }
}
