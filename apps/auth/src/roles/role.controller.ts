import { Controller } from '@nestjs/common';
import {
  changeRole,
  createRole,
  deleteRole,
  listRoles,
  type Out,
  readRole,
  setRolePermissions,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { ChangeRole } from './change-role.use-case';
import { CreateRole } from './create-role.use-case';
import { DeleteRole } from './delete-role.use-case';
import { toRole } from './role';
import { RoleRepository } from './role.repository';
import { SetRolePermissions } from './set-role-permissions.use-case';

@Controller()
export class RoleController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly roles: RoleRepository,
    private readonly newRole: CreateRole,
    private readonly describing: ChangeRole,
    private readonly granting: SetRolePermissions,
    private readonly deleting: DeleteRole,
  ) {}

  @Implements(listRoles)
  async list(@TheCall() { principal }: Call<typeof listRoles>): Promise<Out<typeof listRoles>> {
    const { organizationId } = principal;
    const roles = await this.database.tenant(organizationId, (tx) => this.roles.all(tx, organizationId));
    return { items: roles.map(toRole) };
  }

  @Implements(createRole)
  create(@TheCall() call: Call<typeof createRole>): Promise<Out<typeof createRole>> {
    return this.database.execute(call, async (tx) =>
      toRole(await this.newRole.run(tx, call.principal, call.body)),
    );
  }

  @Implements(readRole)
  async read(@TheCall() { principal, params }: Call<typeof readRole>): Promise<Out<typeof readRole>> {
    const { organizationId } = principal;
    const role = await this.database.tenant(organizationId, (tx) =>
      this.roles.find(tx, organizationId, params.id),
    );
    if (!role) throw new BusinessRuleException('NOT_FOUND');
    return toRole(role);
  }

  @Implements(changeRole)
  change(@TheCall() call: Call<typeof changeRole>): Promise<Out<typeof changeRole>> {
    return this.database.execute(call, async (tx) =>
      toRole(await this.describing.run(tx, call.principal, call.params.id, call.body)),
    );
  }

  @Implements(setRolePermissions)
  grant(@TheCall() call: Call<typeof setRolePermissions>): Promise<Out<typeof setRolePermissions>> {
    return this.database.execute(call, async (tx) =>
      toRole(await this.granting.run(tx, call.principal, call.params.id, call.body.permissions)),
    );
  }

  @Implements(deleteRole)
  async delete(@TheCall() call: Call<typeof deleteRole>): Promise<Out<typeof deleteRole>> {
    await this.database.execute(call, (tx) => this.deleting.run(tx, call.principal, call.params.id));
    return undefined;
  }
}
