import { Module } from '@nestjs/common';
import { RecordsModule } from '../records.module';
import { RolesModule } from '../roles/roles.module';
import { AddMember } from './add-member.use-case';
import { ChangeRoles } from './change-roles.use-case';
import { EndMembership } from './end-membership.use-case';
import { JoinController } from './join.controller';
import { JoinOrganization } from './join-organization.use-case';
import { ListMembers } from './list-members.use-case';
import { MemberChange } from './member-change.service';
import { MemberController } from './member.controller';
import { UserController } from './user.controller';

@Module({
  imports: [RecordsModule, RolesModule],
  controllers: [MemberController, UserController, JoinController],
  providers: [ListMembers, AddMember, MemberChange, ChangeRoles, EndMembership, JoinOrganization],
  exports: [EndMembership, AddMember],
})
export class MembershipsModule {}
