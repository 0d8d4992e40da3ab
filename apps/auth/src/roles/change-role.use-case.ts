import { Injectable } from '@nestjs/common';
import type { changeRole, In } from '@orion/contracts';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import type { RoleRecord } from './role';
import { RoleChanges } from './role-changes.service';
import { RoleRepository } from './role.repository';

@Injectable()
export class ChangeRole {
  constructor(
    private readonly roles: RoleRepository,
    private readonly changes: RoleChanges,
  ) {}

  /** Name and description only. @throws NOT_FOUND, ROLE_READ_ONLY, ROLE_NAME_TAKEN */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    id: string,
    wish: In<typeof changeRole>['body'],
  ): Promise<RoleRecord> {
    const { organizationId } = principal;
    const before = await this.changes.own(tx, organizationId, id);
    const role = {
      ...before,
      name: wish.name ?? before.name,
      description: wish.description ?? before.description,
    };
    await this.changes.refuseNamesake(tx, organizationId, role.name, id);
    await this.roles.change(tx, organizationId, role);
    if (role.name !== before.name || role.description !== before.description)
      await this.changes.tell(tx, principal, role, before);
    return role;
  }
}
