import { Controller } from '@nestjs/common';
import {
  changeUser,
  listUsers,
  type Out,
  readUser,
  removeUser,
  resumeUser,
  suspendUser,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { EndMembership } from './end-membership.use-case';
import { ListMembers } from './list-members.use-case';
import { belongs, toOrganizationMember } from './member';
import { MembershipRepository } from './membership.repository';

@Controller()
export class UserController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly members: ListMembers,
    private readonly memberships: MembershipRepository,
    private readonly ending: EndMembership,
  ) {}

  @Implements(listUsers)
  list(@TheCall() { principal, query }: Call<typeof listUsers>): Promise<Out<typeof listUsers>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, (tx) => this.members.all(tx, organizationId, query));
  }

  @Implements(readUser)
  async read(@TheCall() { principal, params }: Call<typeof readUser>): Promise<Out<typeof readUser>> {
    const { organizationId } = principal;
    const member = await this.database.tenant(organizationId, (tx) =>
      this.memberships.find(tx, organizationId, params.id),
    );
    if (!member || !belongs(member)) throw new BusinessRuleException('NOT_FOUND');
    return toOrganizationMember(member);
  }

  @Implements(changeUser)
  change(@TheCall() { principal, params, body }: Call<typeof changeUser>): Promise<Out<typeof changeUser>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) => {
      const member = await this.memberships.find(tx, organizationId, params.id);
      if (!member || !belongs(member)) throw new BusinessRuleException('NOT_FOUND');
      const title = body.title ?? member.title;
      await this.memberships.entitle(tx, member, title);
      return toOrganizationMember({ ...member, title });
    });
  }

  @Implements(suspendUser)
  async suspend(@TheCall() call: Call<typeof suspendUser>): Promise<Out<typeof suspendUser>> {
    return toOrganizationMember(await this.ending.suspend(call.principal, call.params.id));
  }

  @Implements(resumeUser)
  async resume(@TheCall() call: Call<typeof resumeUser>): Promise<Out<typeof resumeUser>> {
    return toOrganizationMember(await this.ending.resume(call.principal, call.params.id));
  }

  @Implements(removeUser)
  async remove(@TheCall() call: Call<typeof removeUser>): Promise<Out<typeof removeUser>> {
    await this.ending.remove(call.principal, call.params.id);
    return undefined;
  }
}
