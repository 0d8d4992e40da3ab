import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from './membership.repository';
import { RoleChanges } from './role-changes.service';
import { RoleRepository } from './role.repository';

/** Holders a refusal names; more are counted. */
const NAMED = 20;

@Injectable()
export class DeleteRole {
  constructor(
    private readonly roles: RoleRepository,
    private readonly memberships: MembershipRepository,
    private readonly changes: RoleChanges,
  ) {}

  /** @throws NOT_FOUND, ROLE_READ_ONLY, FORBIDDEN, ROLE_HELD */
  async run(tx: Prisma.TransactionClient, principal: Principal, id: string): Promise<void> {
    const { organizationId } = principal;
    const role = await this.changes.own(tx, organizationId, id);
    await this.changes.refuseBeyond(tx, principal, role.permissions);
    const holders = await this.memberships.holders(tx, organizationId, id);
    if (holders.length > 0) {
      const named = holders.slice(0, NAMED);
      const detail = `Held by ${holders.length}: take it from them first`;
      throw new BusinessRuleException('ROLE_HELD', detail, { holders: named });
    }
    await this.roles.remove(tx, organizationId, id);
    await this.changes.tell(tx, principal, role, role, false);
  }
}
