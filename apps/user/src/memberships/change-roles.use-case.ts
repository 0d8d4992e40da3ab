import { Injectable } from '@nestjs/common';
import type { changeMemberRoles, Out } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import type { Grants } from '../roles/grants';
import { toMember } from './member';
import { MembershipRepository } from './membership.repository';
import { losesLastAdmin, mayChangeRoles, normalRoles, sameRoles } from './role-guard';

@Injectable()
export class ChangeRoles {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /**
   * @param wished what to hold, given what is held
   * @param grants of the wished roles and of those held a moment ago
   * @throws NOT_FOUND, FORBIDDEN, LAST_ADMIN, LAST_ROLE; CONCURRENT_UPDATE where other roles are held meanwhile
   */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    userId: string,
    wished: (held: readonly string[]) => readonly string[],
    grants: Grants,
  ): Promise<Out<typeof changeMemberRoles>> {
    const { organizationId } = principal;
    await this.organizations.lock(tx, organizationId);
    const member = await this.memberships.find(tx, organizationId, userId);
    if (!member?.active) throw new BusinessRuleException('NOT_FOUND');
    const roles = normalRoles(wished(member.roles));
    if (!grants.covers([...member.roles, ...roles])) throw new BusinessRuleException('CONCURRENT_UPDATE');
    if (!mayChangeRoles(principal.permissions, member.roles, roles, (ids) => grants.permissionsOf(ids))) {
      throw new BusinessRuleException('FORBIDDEN', 'Nobody grants or takes permissions they lack');
    }
    if (sameRoles(member.roles, roles)) return toMember(member);
    if (roles.length === 0) throw new BusinessRuleException('LAST_ROLE');
    const otherAdmins = await this.memberships.otherAdmins(tx, organizationId, userId);
    if (losesLastAdmin(member.roles, roles, otherAdmins)) throw new BusinessRuleException('LAST_ADMIN');
    const { person, sequence: _, ...state } = member;
    const changed = await this.memberships.save(tx, person.email, { ...state, roles });
    return toMember({ ...changed, person });
  }
}
