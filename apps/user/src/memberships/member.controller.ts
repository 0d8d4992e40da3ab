import { Controller } from '@nestjs/common';
import {
  addMember,
  assignRole,
  changeMemberRoles,
  listMembers,
  type Out,
  revokeRole,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { type Call, type Principal } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { ownOrganization } from '../organizations/own-organization';
import { AddMember } from './add-member.use-case';
import { ChangeRoles } from './change-roles.use-case';
import { RoleDirectory } from '../roles/role-directory.service';
import { ListMembers } from './list-members.use-case';
import { toMember } from './member';
import type { Given } from './member-change.service';

const NO_ROLES: Given = { field: '', roles: [] };

@Controller()
export class MemberController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly members: ListMembers,
    private readonly newMember: AddMember,
    private readonly changeRoles: ChangeRoles,
    private readonly directory: RoleDirectory,
  ) {}

  @Implements(listMembers)
  async list(@TheCall() call: Call<typeof listMembers>): Promise<Out<typeof listMembers>> {
    const organizationId = ownOrganization(call.principal, call.params.id);
    return this.database.tenant(organizationId, (tx) => this.members.run(tx, organizationId, call.query));
  }

  @Implements(addMember)
  async add(@TheCall() call: Call<typeof addMember>): Promise<Out<typeof addMember>> {
    const organizationId = ownOrganization(call.principal, call.params.id);
    const grants = await this.directory.wished(organizationId, 'body.roles', call.body.roles);
    return this.database.execute(call, (tx) => this.newMember.run(tx, call.principal, call.body, grants));
  }

  @Implements(changeMemberRoles)
  change(@TheCall() call: Call<typeof changeMemberRoles>): Promise<Out<typeof changeMemberRoles>> {
    const { roles } = call.body;
    return this.to(call, { field: 'body.roles', roles }, () => roles);
  }

  @Implements(assignRole)
  assign(@TheCall() call: Call<typeof assignRole>): Promise<Out<typeof assignRole>> {
    const { role } = call.body;
    return this.to(call, { field: 'body.role', roles: [role] }, (held) => [...held, role]);
  }

  @Implements(revokeRole)
  revoke(@TheCall() call: Call<typeof revokeRole>): Promise<Out<typeof revokeRole>> {
    return this.to(call, NO_ROLES, (held) => held.filter((it) => it !== call.body.role));
  }

  private async to(
    { principal, params }: { principal: Principal; params: { id: string } },
    given: Given,
    wished: (held: readonly string[]) => readonly string[],
  ): Promise<Out<typeof changeMemberRoles>> {
    return toMember(await this.changeRoles.run(principal, params.id, given, wished));
  }
}
