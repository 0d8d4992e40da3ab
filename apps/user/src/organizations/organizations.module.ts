import { Module } from '@nestjs/common';
import { RecordsModule } from '../records.module';
import { CreateOrganization } from './create-organization.use-case';
import { FoundOrganization } from './found-organization.use-case';
import { OrganizationController } from './organization.controller';

@Module({
  imports: [RecordsModule],
  controllers: [OrganizationController],
  providers: [CreateOrganization, FoundOrganization],
  exports: [FoundOrganization],
})
export class OrganizationsModule {}
