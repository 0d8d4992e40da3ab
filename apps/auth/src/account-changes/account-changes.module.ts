import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { MailLinksModule } from '../mail-links/mail-links.module';
import { RolesModule } from '../roles/roles.module';
import { SessionsModule } from '../sessions/sessions.module';
import { AccountChangeController } from './account-change.controller';
import { AccountRepository } from './account.repository';
import { Emails } from './emails.use-case';
import { Passwords } from './passwords.use-case';
import { PersonConsumer } from './person.consumer';
import { ResetRequests } from './reset-requests.job';

/** What people change about how they sign in. */
@Module({
  imports: [AccountsModule, MailLinksModule, RolesModule, SessionsModule],
  controllers: [AccountChangeController],
  providers: [AccountRepository, Passwords, Emails, PersonConsumer, ResetRequests],
})
export class AccountChangesModule {}
