import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { FactorsModule } from '../factors/factors.module';
import { SessionsModule } from '../sessions/sessions.module';
import { PasskeyController } from './passkey.controller';
import { PasskeyRepository } from './passkey.repository';
import { PasskeySignIn } from './passkey-sign-in.use-case';
import { Passkeys } from './passkeys.use-case';
import { RelyingParty } from './relying-party.provider';

@Module({
  imports: [AccountsModule, FactorsModule, SessionsModule],
  controllers: [PasskeyController],
  providers: [PasskeyRepository, RelyingParty, Passkeys, PasskeySignIn],
})
export class PasskeysModule {}
