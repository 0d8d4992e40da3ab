import { Module } from '@nestjs/common';
import { AddressResolver } from '@orion/outbound';
import { AccountsModule } from '../accounts/accounts.module';
import { RolesModule } from '../roles/roles.module';
import { SessionsModule } from '../sessions/sessions.module';
import { CompleteSignOn } from './complete-sign-on.use-case';
import { DomainProof } from './domain-proof.resolver';
import { ExternalIdentityRepository } from './external-identity.repository';
import { IdentityProviderRepository } from './identity-provider.repository';
import { ProviderClient } from './provider.client';
import { SignOnAttemptRepository } from './sign-on-attempt.repository';
import { SignOnCleaning } from './sign-on-cleaning.job';
import { SignOnController } from './sign-on.controller';
import { SignOnDomainRepository } from './sign-on-domain.repository';
import { SignOnDomains } from './sign-on-domains.use-case';
import { SignOnSettings } from './sign-on-settings.use-case';
import { SingleSignOnController } from './single-sign-on.controller';
import { StartSignOn } from './start-sign-on.use-case';
import { VouchedMember } from './vouched-member.use-case';

@Module({
  imports: [AccountsModule, RolesModule, SessionsModule],
  controllers: [SingleSignOnController, SignOnController],
  providers: [
    AddressResolver,
    CompleteSignOn,
    DomainProof,
    ExternalIdentityRepository,
    IdentityProviderRepository,
    ProviderClient,
    SignOnAttemptRepository,
    SignOnCleaning,
    SignOnDomainRepository,
    SignOnDomains,
    SignOnSettings,
    StartSignOn,
    VouchedMember,
  ],
})
export class SingleSignOnModule {}
