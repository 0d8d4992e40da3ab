import { Injectable } from '@nestjs/common';
import type { changeMemberRoles, Out } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import { toMember } from './member';
import { MembershipRepository } from './membership.repository';
import { losesLastAdmin, mayChangeRoles, normalRoles, sameRoles } from './role-guard';

@Injectable()
export class ChangeRoles {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    userId: string,
    wished: readonly string[],
  ): Promise<Out<typeof changeMemberRoles>> {
    const { organizationId } = principal;
    const roles = normalRoles(wished);
    await this.organizations.lock(tx, organizationId);
    const member = await this.memberships.find(tx, organizationId, userId);
    if (!member?.active) throw new BusinessRuleException('NOT_FOUND');
    if (!mayChangeRoles(principal.permissions, member.roles, roles)) {
      throw new BusinessRuleException('FORBIDDEN', 'Nobody grants or takes permissions they lack');
    }
    if (sameRoles(member.roles, roles)) return toMember(member);
    const otherAdmins = await this.memberships.otherAdmins(tx, organizationId, userId);
    if (losesLastAdmin(member.roles, roles, otherAdmins)) throw new BusinessRuleException('LAST_ADMIN');
    const { person, sequence: _, ...state } = member;
    const changed = await this.memberships.save(tx, person.email, { ...state, roles });
    return toMember({ ...changed, person });
  }
}
