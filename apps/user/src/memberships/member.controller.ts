import { Controller } from '@nestjs/common';
import { addMember, changeMemberRoles, listMembers, type Out } from '@orion/contracts';
import { Database } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { ownOrganization } from '../organizations/own-organization';
import { AddMember } from './add-member.use-case';
import { ChangeRoles } from './change-roles.use-case';
import { ListMembers } from './list-members.use-case';

@Controller()
export class MemberController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly members: ListMembers,
    private readonly newMember: AddMember,
    private readonly changeRoles: ChangeRoles,
  ) {}

  @Implements(listMembers)
  async list(@TheCall() call: Call<typeof listMembers>): Promise<Out<typeof listMembers>> {
    const organizationId = ownOrganization(call.principal, call.params.id);
    return this.database.tenant(organizationId, (tx) => this.members.run(tx, organizationId, call.query));
  }

  @Implements(addMember)
  async add(@TheCall() call: Call<typeof addMember>): Promise<Out<typeof addMember>> {
    ownOrganization(call.principal, call.params.id);
    return this.database.execute(call, (tx) => this.newMember.run(tx, call.principal, call.body));
  }

  @Implements(changeMemberRoles)
  change(@TheCall() call: Call<typeof changeMemberRoles>): Promise<Out<typeof changeMemberRoles>> {
    const { principal, params, body } = call;
    return this.database.tenant(principal.organizationId, (tx) =>
      this.changeRoles.run(tx, principal, params.id, body.roles),
    );
  }
}
