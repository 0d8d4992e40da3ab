import { Injectable } from '@nestjs/common';
import type { createRole, In } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { normalPermissions, type RoleRecord } from './role';
import { RoleChanges } from './role-changes.service';
import { RoleRepository } from './role.repository';

/** Roles of its own an organization may have; the list of roles is not paged. */
export const ROLE_LIMIT = 100;

@Injectable()
export class CreateRole {
  constructor(
    private readonly roles: RoleRepository,
    private readonly changes: RoleChanges,
  ) {}

  /** @throws FORBIDDEN, ROLE_NAME_TAKEN, ROLE_LIMIT */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    wish: In<typeof createRole>['body'],
  ): Promise<RoleRecord> {
    const { organizationId } = principal;
    const permissions = normalPermissions(wish.permissions);
    await this.changes.refuseBeyond(tx, principal, permissions);
    const count = await this.roles.countAlone(tx, organizationId);
    if (count >= ROLE_LIMIT) throw new BusinessRuleException('ROLE_LIMIT', `At most ${ROLE_LIMIT}`);
    await this.changes.refuseNamesake(tx, organizationId, wish.name);
    const role = { id: uuid(), name: wish.name, description: wish.description, permissions, custom: true };
    await this.roles.add(tx, organizationId, role);
    await this.changes.tell(tx, principal, role, null);
    return role;
  }
}
