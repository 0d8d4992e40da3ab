import { Controller } from '@nestjs/common';
import {
  changeSignInPolicy,
  confirmAuthenticator,
  enrolAuthenticator,
  type Out,
  readFactors,
  readSignInPolicy,
  removeAuthenticator,
  renewRecoveryCodes,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { FactorRepository } from './factor.repository';
import { Factors } from './factors.use-case';
import { SignInPolicyRepository } from './sign-in-policy.repository';

@Controller()
export class FactorController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly repository: FactorRepository,
    private readonly policies: SignInPolicyRepository,
    private readonly factors: Factors,
  ) {}

  @Implements(readFactors)
  read(@TheCall() { principal }: Call<typeof readFactors>): Promise<Out<typeof readFactors>> {
    const { userId } = principal;
    return this.database.global(async (tx) => ({
      authenticator: await this.repository.isSetUp(tx, userId),
      recoveryCodesLeft: await this.repository.recoveryCodesLeft(tx, userId),
      passkeys: await this.repository.passkeys(tx, userId),
    }));
  }

  @Implements(enrolAuthenticator)
  enrol(
    @TheCall() { principal, body, address }: Call<typeof enrolAuthenticator>,
  ): Promise<Out<typeof enrolAuthenticator>> {
    return this.factors.enrol(principal.userId, body.password, address);
  }

  @Implements(confirmAuthenticator)
  async confirm(
    @TheCall() { principal, body }: Call<typeof confirmAuthenticator>,
  ): Promise<Out<typeof confirmAuthenticator>> {
    return { recoveryCodes: await this.factors.confirm(principal.userId, body.code) };
  }

  @Implements(removeAuthenticator)
  async remove(
    @TheCall() { principal, body, address }: Call<typeof removeAuthenticator>,
  ): Promise<Out<typeof removeAuthenticator>> {
    await this.factors.remove(principal.userId, body.password, body.code, address);
    return undefined;
  }

  @Implements(renewRecoveryCodes)
  async renew(
    @TheCall() { principal, body }: Call<typeof renewRecoveryCodes>,
  ): Promise<Out<typeof renewRecoveryCodes>> {
    return { recoveryCodes: await this.factors.renewRecoveryCodes(principal.userId, body.code) };
  }

  @Implements(readSignInPolicy)
  readPolicy(@TheCall() { principal }: Call<typeof readSignInPolicy>): Promise<Out<typeof readSignInPolicy>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) => ({
      secondFactorRequired: await this.policies.secondFactorRequired(tx, organizationId),
    }));
  }

  @Implements(changeSignInPolicy)
  async changePolicy(
    @TheCall() { principal, body }: Call<typeof changeSignInPolicy>,
  ): Promise<Out<typeof changeSignInPolicy>> {
    await this.factors.require(principal.organizationId, principal.userId, body.secondFactorRequired);
    return body;
  }
}
