import { Module } from '@nestjs/common';
import { MailLinksModule } from '../mail-links/mail-links.module';
import { RolesModule } from '../roles/roles.module';
import { AccountController } from './account.controller';
import { CheckCredentials } from './check-credentials.use-case';
import { CheckOwnPassword } from './check-own-password.use-case';
import { CompleteAccount } from './complete-account.use-case';
import { CredentialRepository } from './credential.repository';
import { PasswordHasher } from './password.hasher';
import { Register } from './register.use-case';
import { SignInThrottle } from './sign-in.throttle';
import { ThrottledSignIns } from './throttled-sign-ins.job';

@Module({
  imports: [RolesModule, MailLinksModule],
  controllers: [AccountController],
  providers: [
    CredentialRepository,
    PasswordHasher,
    SignInThrottle,
    CompleteAccount,
    Register,
    CheckCredentials,
    CheckOwnPassword,
    ThrottledSignIns,
  ],
  exports: [
    CheckCredentials,
    CheckOwnPassword,
    CompleteAccount,
    CredentialRepository,
    PasswordHasher,
    SignInThrottle,
    ThrottledSignIns,
  ],
})
export class AccountsModule {}
