import { Module } from '@nestjs/common';
import { RecordsModule } from '../records.module';
import { RolesModule } from '../roles/roles.module';
import { AddMember } from './add-member.use-case';
import { ChangeRoles } from './change-roles.use-case';
import { ListMembers } from './list-members.use-case';
import { MemberController } from './member.controller';

@Module({
  imports: [RecordsModule, RolesModule],
  controllers: [MemberController],
  providers: [ListMembers, AddMember, ChangeRoles],
})
export class MembershipsModule {}
