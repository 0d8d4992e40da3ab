import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { type Given, MemberChange } from './member-change.service';
import { type MemberRow, MembershipRepository } from './membership.repository';
import { losesLastAdmin, normalRoles, sameRoles } from './role-guard';

@Injectable()
export class ChangeRoles {
  constructor(
    private readonly change: MemberChange,
    private readonly memberships: MembershipRepository,
  ) {}

  /**
   * @param wished what to hold, given what is held
   * @throws NOT_FOUND, FORBIDDEN, LAST_ADMIN, LAST_ROLE, and what `MemberChange` throws
   */
  run(
    principal: Principal,
    userId: string,
    given: Given,
    wished: (held: readonly string[]) => readonly string[],
  ): Promise<MemberRow> {
    return this.change.run(principal, userId, given, async (tx, member, may) => {
      const roles = normalRoles(wished(member.roles));
      may(roles);
      if (sameRoles(member.roles, roles)) return member;
      if (roles.length === 0) throw new BusinessRuleException('LAST_ROLE');
      const otherAdmins = await this.memberships.otherAdmins(tx, principal.organizationId, userId);
      if (losesLastAdmin(member.roles, roles, otherAdmins)) throw new BusinessRuleException('LAST_ADMIN');
      return this.memberships.change(tx, member, { roles });
    });
  }
}
