import { Module } from '@nestjs/common';
import { RolesModule } from '../roles/roles.module';
import { AccountController } from './account.controller';
import { CheckCredentials } from './check-credentials.use-case';
import { CompleteAccount } from './complete-account.use-case';
import { CredentialRepository } from './credential.repository';
import { PasswordHasher } from './password.hasher';
import { Register } from './register.use-case';
import { SignInThrottle } from './sign-in.throttle';

@Module({
  imports: [RolesModule],
  controllers: [AccountController],
  providers: [
    CredentialRepository,
    PasswordHasher,
    SignInThrottle,
    CompleteAccount,
    Register,
    CheckCredentials,
  ],
  exports: [CheckCredentials, CredentialRepository, PasswordHasher, CompleteAccount],
})
export class AccountsModule {}
