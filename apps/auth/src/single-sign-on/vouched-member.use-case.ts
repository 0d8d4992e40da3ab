import { Injectable } from '@nestjs/common';
import { joinOrganization } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Questions } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { CompleteAccount } from '../accounts/complete-account.use-case';
import {
  CredentialRepository,
  type KnownCredential,
  type Reservation,
} from '../accounts/credential.repository';
import { PasswordHasher } from '../accounts/password.hasher';
import type { PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { ExternalIdentityRepository } from './external-identity.repository';
import { domainOf, type Identity } from './identity';
import type { Provider } from './identity-provider.repository';
import { SignOnDomainRepository } from './sign-on-domain.repository';
import { newSecret } from './sign-on-state.codec';

type Joined = z.output<typeof joinOrganization.answer>;

/** Finds the account of whom a provider vouches for, and makes them a member where the organization wants that. */
@Injectable()
export class VouchedMember {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly questions: Questions,
    private readonly identities: ExternalIdentityRepository,
    private readonly domains: SignOnDomainRepository,
    private readonly credentials: CredentialRepository,
    private readonly memberships: MembershipRepository,
    private readonly passwords: PasswordHasher,
    private readonly complete: CompleteAccount,
    private readonly log: Log,
  ) {}

  /**
   * By the subject where it is known; the first time by the address, if the organization has proved its domain.
   * @throws SIGN_ON_FAILED, NO_MEMBERSHIP, BUSY, UPSTREAM_UNAVAILABLE
   */
  async of(provider: Provider, identity: Identity): Promise<string> {
    const { organizationId, issuer } = provider;
    const subject = { organizationId, issuer, subject: identity.subject };
    const known = await this.database.tenant(organizationId, (tx) => this.identities.userOf(tx, subject));
    if (known) return known;
    const userId = await this.firstTime(provider, identity);
    await this.database.tenant(organizationId, (tx) => this.identities.keep(tx, subject, userId));
    this.log.info('sign_on_identity_linked', { organizationId, userId });
    return userId;
  }

  private async firstTime(provider: Provider, identity: Identity): Promise<string> {
    const { organizationId } = provider;
    const { email } = identity;
    const account = await this.database.tenant(organizationId, async (tx) => {
      if (!(await this.domains.isVerified(tx, organizationId, domainOf(email))))
        throw new BusinessRuleException(
          'SIGN_ON_FAILED',
          `Your address is of no domain the organization has proved`,
        );
      return this.credentials.byEmail(tx, email);
    });
    return account?.state === 'ACTIVE'
      ? this.ofAccount(provider, account)
      : this.newcomer(provider, identity, account);
  }

  /** Who has not shown that the address is theirs may have registered it to be let in by its owner's provider. */
  private async ofAccount(provider: Provider, account: KnownCredential): Promise<string> {
    const { organizationId } = provider;
    const { userId, email, name } = account;
    if (!account.emailVerifiedAt)
      throw new BusinessRuleException('SIGN_ON_FAILED', 'Confirm the e-mail address of your account first');
    const held = await this.database.tenant(organizationId, (tx) =>
      this.memberships.find(tx, organizationId, userId),
    );
    if (held) return userId;
    const joined = await this.join(provider, { userId, email, name });
    await this.database.tenant(organizationId, (tx) =>
      this.memberships.keep(tx, {
        id: joined.membershipId,
        organizationId,
        userId,
        roles: joined.roles,
        active: true,
        joinedAt: new Date(joined.joinedAt),
        sequence: joined.sequence,
      }),
    );
    return userId;
  }

  /** Has no password until they ask for one by mail. An account that was never completed becomes theirs. */
  private async newcomer(
    provider: Provider,
    { email, name }: Identity,
    begun: KnownCredential | null,
  ): Promise<string> {
    const passwordHash = await this.passwords.hash(newSecret());
    const account: Reservation = {
      userId: begun?.userId ?? uuid(),
      email,
      passwordHash,
      name,
      organizationName: name,
      language: begun?.language ?? 'en',
    };
    const joined = await this.join(provider, account, async () => {
      await this.database.global(async (tx) => {
        if (begun) await this.credentials.setPassword(tx, begun.userId, passwordHash);
        else if (!(await this.credentials.reserve(tx, account)))
          throw new BusinessRuleException('SIGN_ON_FAILED', 'Somebody registers this address right now');
      });
    });
    await this.complete.finish(account, joined, { emailProved: true });
    return account.userId;
  }

  /** @param reserve makes sure of the account before anybody else hears of it */
  private async join(
    { organizationId, createMembers, defaultRole }: Provider,
    { userId, email, name }: Pick<Reservation, 'userId' | 'email' | 'name'>,
    reserve: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Joined> {
    if (!createMembers) throw new BusinessRuleException('NO_MEMBERSHIP');
    await reserve();
    return this.questions.ask(joinOrganization, { organizationId, userId, email, name, role: defaultRole });
  }
}
