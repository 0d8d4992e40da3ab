import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { InvitedController } from './invited.controller';
import { RegisterInvited } from './register-invited.use-case';

@Module({ imports: [AccountsModule], controllers: [InvitedController], providers: [RegisterInvited] })
export class InvitedModule {}
