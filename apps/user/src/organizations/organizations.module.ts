import { Module } from '@nestjs/common';
import { MembershipsModule } from '../memberships/memberships.module';
import { RecordsModule } from '../records.module';
import { ChangeOrganization } from './change-organization.use-case';
import { CreateOrganization } from './create-organization.use-case';
import { DeleteOrganization } from './delete-organization.use-case';
import { FoundOrganization } from './found-organization.use-case';
import { OrganizationChanges } from './organization-changes.service';
import { OrganizationErasure } from './organization-erasure.job';
import { OrganizationLifeController } from './organization-life.controller';
import { OrganizationController } from './organization.controller';
import { TransferOrganization } from './transfer-organization.use-case';

@Module({
  imports: [RecordsModule, MembershipsModule],
  controllers: [OrganizationController, OrganizationLifeController],
  providers: [
    OrganizationChanges,
    CreateOrganization,
    FoundOrganization,
    ChangeOrganization,
    TransferOrganization,
    DeleteOrganization,
    OrganizationErasure,
  ],
  exports: [FoundOrganization],
})
export class OrganizationsModule {}
