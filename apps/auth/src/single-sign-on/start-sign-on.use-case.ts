import { Injectable } from '@nestjs/common';
import type { Out, startSignOn } from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import type { PrismaClient } from '../generated/prisma/client';
import { domainOf } from './identity';
import { IdentityProviderRepository } from './identity-provider.repository';
import { ProviderClient } from './provider.client';
import { SignOnAttemptRepository } from './sign-on-attempt.repository';
import { SignOnDomainRepository } from './sign-on-domain.repository';
import { newSecret, newState } from './sign-on-state.codec';

@Injectable()
export class StartSignOn {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly domains: SignOnDomainRepository,
    private readonly providers: IdentityProviderRepository,
    private readonly attempts: SignOnAttemptRepository,
    private readonly client: ProviderClient,
  ) {}

  /** Tells by the domain alone: nothing about whether somebody has this address. @throws NO_SINGLE_SIGN_ON, UPSTREAM_UNAVAILABLE */
  async run(email: string): Promise<Out<typeof startSignOn>> {
    const organizationId = await this.database.global((tx) =>
      this.domains.organizationOf(tx, domainOf(email)),
    );
    if (!organizationId) throw new BusinessRuleException('NO_SINGLE_SIGN_ON');
    const provider = await this.database.tenant(organizationId, (tx) =>
      this.providers.find(tx, organizationId),
    );
    if (!provider?.enabled) throw new BusinessRuleException('NO_SINGLE_SIGN_ON');
    const { issuer } = provider;
    const journey = { state: newState(organizationId), nonce: newSecret(), verifier: newSecret() };
    const authorizationUrl = await this.client.authorizationUrl(provider, journey, email);
    const attempt = newSecret();
    const { state, ...kept } = journey;
    await this.database.tenant(organizationId, (tx) =>
      this.attempts.add(tx, state, attempt, { organizationId, issuer, ...kept }),
    );
    return { authorizationUrl, attempt };
  }
}
