import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module';
import { AccountEmailConsumer } from './account-email.consumer';
import { AccountController } from './account.controller';
import { PeopleController } from './people.controller';
import { ProvisionAccount } from './provision-account.use-case';
import { ReadMe } from './read-me.use-case';
import { RecordsModule } from '../records.module';

@Module({
  imports: [RecordsModule, OrganizationsModule],
  controllers: [PeopleController, AccountController],
  providers: [ReadMe, ProvisionAccount, AccountEmailConsumer],
})
export class PeopleModule {}
