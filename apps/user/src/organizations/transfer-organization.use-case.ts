import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Organization, Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../memberships/membership.repository';
import { isAdmin } from '../memberships/role-guard';
import { OrganizationChanges } from './organization-changes.service';

@Injectable()
export class TransferOrganization {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly changes: OrganizationChanges,
  ) {}

  /** @throws NOT_FOUND for nobody of this organization, NOT_OWNER, NOT_ADMIN */
  async run(tx: Prisma.TransactionClient, principal: Principal, userId: string): Promise<Organization> {
    const before = await this.changes.owned(tx, principal);
    const { id } = before;
    const member = await this.memberships.find(tx, id, userId);
    if (!member?.active) throw new BusinessRuleException('NOT_FOUND');
    if (!isAdmin(member.roles)) throw new BusinessRuleException('NOT_ADMIN');
    const organization = await tx.organization.update({ where: { id }, data: { ownerId: member.userId } });
    await this.changes.tell(tx, principal, before, organization);
    return organization;
  }
}
