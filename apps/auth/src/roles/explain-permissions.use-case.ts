import { Injectable } from '@nestjs/common';
import { type explainPermissions, type Out, PERMISSIONS } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from './membership.repository';
import { grantedBy } from './role';
import { RoleRepository } from './role.repository';

@Injectable()
export class ExplainPermissions {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly roles: RoleRepository,
  ) {}

  /** What the member's next token will grant. @throws NOT_FOUND for nobody of this organization */
  async run(
    tx: Prisma.TransactionClient,
    organizationId: string,
    userId: string,
  ): Promise<Out<typeof explainPermissions>> {
    const membership = await this.memberships.find(tx, organizationId, userId);
    if (!membership) throw new BusinessRuleException('NOT_FOUND');
    const held = await this.roles.some(tx, organizationId, membership.roles);
    return {
      userId,
      roles: held.map(({ id, name, custom }) => ({ id, name, custom })),
      permissions: grantedBy(held).map((permission) => ({
        permission,
        allows: PERMISSIONS[permission],
        roles: held.filter((role) => role.permissions.includes(permission)).map((role) => role.id),
      })),
    };
  }
}
