import { Module } from '@nestjs/common';
import { MembershipConsumer } from './membership.consumer';
import { MembershipRepository } from './membership.repository';
import { PermissionSetController } from './permission-set.controller';
import { PermissionSetRepository } from './permission-set.repository';
import { RoleController } from './role.controller';

@Module({
  controllers: [RoleController, PermissionSetController],
  providers: [MembershipRepository, MembershipConsumer, PermissionSetRepository],
  exports: [MembershipRepository, PermissionSetRepository],
})
export class RolesModule {}
