import { Injectable } from '@nestjs/common';
import type { completeSignOn, In } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { lifeOf } from '../sessions/delivery';
import type { Minted } from '../sessions/minted';
import { OpenSession } from '../sessions/open-session.use-case';
import type { Device } from '../sessions/session.repository';
import { type Identity, identityOf } from './identity';
import { IdentityProviderRepository, type Provider } from './identity-provider.repository';
import { ProviderClient } from './provider.client';
import { type Attempt, SignOnAttemptRepository } from './sign-on-attempt.repository';
import { organizationOf } from './sign-on-state.codec';
import { VouchedMember } from './vouched-member.use-case';

type Wish = In<typeof completeSignOn>['body'];

interface Taken {
  attempt: Attempt;
  provider: Provider & { clientSecret: string };
}

@Injectable()
export class CompleteSignOn {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly attempts: SignOnAttemptRepository,
    private readonly providers: IdentityProviderRepository,
    private readonly client: ProviderClient,
    private readonly vouched: VouchedMember,
    private readonly memberships: MembershipRepository,
    private readonly sessions: OpenSession,
    private readonly log: Log,
  ) {}

  /**
   * Whoever the organization's provider vouches for is signed in to that organization alone. A second factor is the
   * provider's to ask for.
   * @throws SIGN_ON_FAILED, NO_MEMBERSHIP, BUSY, UPSTREAM_UNAVAILABLE
   */
  async run(wish: Wish, device: Device): Promise<Minted> {
    const { attempt, provider } = await this.take(wish);
    const { organizationId, issuer, nonce, verifier } = attempt;
    const { state, code, iss } = wish;
    const claims = await this.client.claims(provider, { state, nonce, verifier }, { state, code, iss });
    const identity = this.identify(organizationId, claims);
    const userId = await this.vouched.of(provider, identity);
    const membership = await this.database.tenant(organizationId, (tx) =>
      this.memberships.find(tx, organizationId, userId),
    );
    if (!membership) throw new BusinessRuleException('NO_MEMBERSHIP');
    return this.sessions.run(membership, { userId, life: lifeOf(wish), vouchedBy: issuer, ...device });
  }

  private async take({ state, attempt: browser }: Wish): Promise<Taken> {
    const organizationId = organizationOf(state);
    const taken =
      organizationId &&
      (await this.database.tenant(organizationId, async (tx) => {
        const attempt = await this.attempts.take(tx, state, browser);
        const provider = attempt && (await this.providers.find(tx, organizationId));
        if (!attempt || !provider?.enabled || provider.issuer !== attempt.issuer) return null;
        return { attempt, provider };
      }));
    if (!taken) throw new BusinessRuleException('SIGN_ON_FAILED', 'This sign-in has run out, begin again');
    return taken;
  }

  private identify(organizationId: string, claims: Readonly<Record<string, unknown>>): Identity {
    const identity = identityOf(claims);
    if (identity) return identity;
    this.log.warn('sign_on_identity_refused', { organizationId });
    throw new BusinessRuleException(
      'SIGN_ON_FAILED',
      'The provider tells no verified e-mail address of yours',
    );
  }
}
