import { Injectable } from '@nestjs/common';
import type { Permission } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { normalPermissions, type RoleRecord } from './role';
import { changedPermissions, locksOut } from './role-change';
import { RoleChanges } from './role-changes.service';
import { RoleRepository } from './role.repository';

@Injectable()
export class SetRolePermissions {
  constructor(
    private readonly roles: RoleRepository,
    private readonly changes: RoleChanges,
  ) {}

  /** @throws NOT_FOUND, ROLE_READ_ONLY, FORBIDDEN, SELF_LOCKOUT */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    id: string,
    wished: readonly Permission[],
  ): Promise<RoleRecord> {
    const { organizationId } = principal;
    const before = await this.changes.own(tx, organizationId, id);
    const permissions = normalPermissions(wished);
    const changed = changedPermissions(before.permissions, permissions);
    if (changed.length === 0) return before;
    await this.changes.refuseBeyond(tx, principal, changed);
    if (locksOut(await this.changes.heldBy(tx, principal), id, permissions)) {
      throw new BusinessRuleException('SELF_LOCKOUT', 'Let somebody else take role.manage from this role');
    }
    const role = { ...before, permissions };
    await this.roles.change(tx, organizationId, role);
    await this.changes.tell(tx, principal, role, before);
    return role;
  }
}
