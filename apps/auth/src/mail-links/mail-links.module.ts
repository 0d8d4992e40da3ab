import { Module } from '@nestjs/common';
import { RolesModule } from '../roles/roles.module';
import { AccountLinkRepository } from './account-link.repository';
import { AccountRecords } from './account-records.provider';
import { AccountMails } from './account-mails.provider';
import { LinkCleaning } from './link-cleaning.job';
import { MailLinkController } from './mail-link.controller';

@Module({
  imports: [RolesModule],
  controllers: [MailLinkController],
  providers: [AccountLinkRepository, AccountMails, AccountRecords, LinkCleaning],
  exports: [AccountLinkRepository, AccountMails, AccountRecords],
})
export class MailLinksModule {}
