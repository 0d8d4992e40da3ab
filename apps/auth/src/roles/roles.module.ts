import { Module } from '@nestjs/common';
import { ChangeRole } from './change-role.use-case';
import { CreateRole } from './create-role.use-case';
import { DeleteRole } from './delete-role.use-case';
import { ExplainPermissions } from './explain-permissions.use-case';
import { MembershipRepository } from './membership.repository';
import { OrganizationConsumer } from './organization.consumer';
import { OrganizationStateRepository } from './organization-state.repository';
import { PermissionController } from './permission.controller';
import { PermissionSetController } from './permission-set.controller';
import { PermissionSetRepository } from './permission-set.repository';
import { RoleChanges } from './role-changes.service';
import { RoleController } from './role.controller';
import { RoleQuestionController } from './role-question.controller';
import { RoleRepository } from './role.repository';
import { SetRolePermissions } from './set-role-permissions.use-case';

@Module({
  controllers: [RoleController, PermissionController, PermissionSetController, RoleQuestionController],
  providers: [
    RoleRepository,
    RoleChanges,
    CreateRole,
    ChangeRole,
    SetRolePermissions,
    DeleteRole,
    ExplainPermissions,
    MembershipRepository,
    OrganizationStateRepository,
    OrganizationConsumer,
    PermissionSetRepository,
  ],
  exports: [MembershipRepository, PermissionSetRepository, RoleChanges, RoleRepository],
})
export class RolesModule {}
