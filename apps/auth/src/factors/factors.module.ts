import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { CodeThrottle } from './code.throttle';
import { FactorController } from './factor.controller';
import { FactorRepository } from './factor.repository';
import { Factors } from './factors.use-case';
import { MailLinksModule } from '../mail-links/mail-links.module';
import { SignInPolicyRepository } from './sign-in-policy.repository';

@Module({
  imports: [AccountsModule, MailLinksModule],
  controllers: [FactorController],
  providers: [CodeThrottle, FactorRepository, SignInPolicyRepository, Factors],
  exports: [CodeThrottle, FactorRepository, Factors, SignInPolicyRepository],
})
export class FactorsModule {}
