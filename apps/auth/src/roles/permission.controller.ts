import { Controller } from '@nestjs/common';
import {
  checkPermission,
  explainPermissions,
  listPermissions,
  type Out,
  permissionCatalogue,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { type Call, requirePermission } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { ExplainPermissions } from './explain-permissions.use-case';

@Controller()
export class PermissionController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly explaining: ExplainPermissions,
  ) {}

  @Implements(listPermissions)
  async list(): Promise<Out<typeof listPermissions>> {
    return { items: permissionCatalogue() };
  }

  @Implements(checkPermission)
  async check(@TheCall() call: Call<typeof checkPermission>): Promise<Out<typeof checkPermission>> {
    const { permission } = call.query;
    return { permission, granted: call.principal.permissions.has(permission) };
  }

  @Implements(explainPermissions)
  async explain(
    @TheCall() { principal, query }: Call<typeof explainPermissions>,
  ): Promise<Out<typeof explainPermissions>> {
    const { organizationId } = principal;
    const userId = query.userId?.toLowerCase() ?? principal.userId;
    if (userId !== principal.userId) requirePermission(principal, 'role.view');
    return this.database.tenant(organizationId, (tx) => this.explaining.run(tx, organizationId, userId));
  }
}
