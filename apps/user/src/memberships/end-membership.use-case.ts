import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import { MemberChange } from './member-change.service';
import { type MemberRow, MembershipRepository } from './membership.repository';
import { losesLastAdmin } from './role-guard';

type Tx = Prisma.TransactionClient;

const NO_ROLES = { field: '', roles: [] };

/** Closes the organization to a member: for now, for good, or by their own wish. */
@Injectable()
export class EndMembership {
  constructor(
    private readonly change: MemberChange,
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** @throws NOT_FOUND, FORBIDDEN, LAST_ADMIN, OWNER_STAYS, and what `MemberChange` throws */
  suspend(principal: Principal, userId: string): Promise<MemberRow> {
    return this.change.run(principal, userId, NO_ROLES, async (tx, member, may) => {
      may([]);
      if (!member.active) return member;
      await this.refuseNeeded(tx, member);
      return this.memberships.change(tx, member, { active: false, suspendedAt: new Date() });
    });
  }

  /** Gives back what suspension took. */
  resume(principal: Principal, userId: string): Promise<MemberRow> {
    return this.change.run(principal, userId, NO_ROLES, async (tx, member, may) => {
      may([]);
      return member.active
        ? member
        : this.memberships.change(tx, member, { active: true, suspendedAt: null });
    });
  }

  /** As `suspend`, for good. */
  remove(principal: Principal, userId: string): Promise<MemberRow> {
    return this.change.run(principal, userId, NO_ROLES, async (tx, member, may) => {
      may([]);
      await this.refuseNeeded(tx, member);
      return this.memberships.change(tx, member, { active: false, suspendedAt: null });
    });
  }

  /** The caller's own membership. @throws NOT_FOUND, LAST_ADMIN, OWNER_STAYS */
  async leave(tx: Tx, { organizationId, userId }: Principal): Promise<void> {
    await this.organizations.lock(tx, organizationId);
    const member = await this.memberships.find(tx, organizationId, userId);
    if (!member?.active) throw new BusinessRuleException('NOT_FOUND');
    await this.refuseNeeded(tx, member);
    await this.memberships.change(tx, member, { active: false });
  }

  private async refuseNeeded(tx: Tx, { organizationId, userId, roles, active }: MemberRow): Promise<void> {
    const otherAdmins = await this.memberships.otherAdmins(tx, organizationId, userId);
    if (active && losesLastAdmin(roles, [], otherAdmins)) throw new BusinessRuleException('LAST_ADMIN');
    const organization = await this.organizations.find(tx, organizationId);
    if (organization?.ownerId === userId) throw new BusinessRuleException('OWNER_STAYS');
  }
}
