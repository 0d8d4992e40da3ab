import { Controller } from '@nestjs/common';
import { checkPermission, listRoles, type Out, SEEDED_ROLES } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';

@Controller()
export class RoleController {
  @Implements(listRoles)
  async list(): Promise<Out<typeof listRoles>> {
    return {
      items: SEEDED_ROLES.map(({ id, name, permissions }) => ({ id, name, permissions: [...permissions] })),
    };
  }

  @Implements(checkPermission)
  async check(@TheCall() call: Call<typeof checkPermission>): Promise<Out<typeof checkPermission>> {
    const { permission } = call.query;
    return { permission, granted: call.principal.permissions.has(permission) };
  }
}
