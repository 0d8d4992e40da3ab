import { Injectable } from '@nestjs/common';
import {
  changeOf,
  type In,
  type Out,
  readSingleSignOn,
  type setSingleSignOn,
  singleSignOnChanged,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { grantedBy } from '../roles/role';
import { RoleChanges } from '../roles/role-changes.service';
import { RoleRepository } from '../roles/role.repository';
import { IdentityProviderRepository } from './identity-provider.repository';
import { type Client, ProviderClient } from './provider.client';
import { SignOnDomainRepository } from './sign-on-domain.repository';
import { settingsOf, toSingleSignOn } from './single-sign-on';

type Tx = Prisma.TransactionClient;
type Wish = In<typeof setSingleSignOn>['body'];
type Setting = Out<typeof readSingleSignOn>;

interface SignOnState {
  provider: ReturnType<typeof settingsOf> | null;
  /** Those that are verified. */
  domains: string[];
}

const fieldsOf = ({ provider, domains }: SignOnState) => ({ ...provider, domains });

/** The provider of an organization, as its admins see and set it. */
@Injectable()
export class SignOnSettings {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly providers: IdentityProviderRepository,
    private readonly domains: SignOnDomainRepository,
    private readonly roles: RoleRepository,
    private readonly changes: RoleChanges,
    private readonly client: ProviderClient,
    private readonly outbox: Outbox,
  ) {}

  async read(tx: Tx, organizationId: string): Promise<Setting> {
    const provider = await this.providers.find(tx, organizationId);
    return toSingleSignOn(provider, await this.domains.all(tx, organizationId), this.client.redirectUri);
  }

  /**
   * What the provider says of itself now; to be called before the transaction.
   * @returns the client as it will be kept
   * @throws PROVIDER_REFUSED, CLIENT_SECRET_MISSING
   */
  async probe({ organizationId }: Principal, { issuer, clientId, clientSecret }: Wish): Promise<Client> {
    const held = await this.database.tenant(organizationId, (tx) => this.providers.find(tx, organizationId));
    const isHeld =
      held?.clientId === clientId && held.issuer.replace(/\/$/, '') === issuer.replace(/\/$/, '');
    const secret = clientSecret ?? (isHeld ? held.clientSecret : undefined);
    if (secret === undefined)
      throw new BusinessRuleException('CLIENT_SECRET_MISSING', undefined, {
        errors: [{ field: 'body.clientSecret', reason: 'is needed for another issuer or client' }],
      });
    const client = { issuer, clientId, clientSecret: secret };
    return { ...client, issuer: await this.client.probe(client) };
  }

  /** @throws ROLE_UNKNOWN, FORBIDDEN where the default role grants what the caller lacks */
  async set(tx: Tx, principal: Principal, wish: Wish, client: Client): Promise<Setting> {
    const { organizationId } = principal;
    const { enabled, createMembers, defaultRole } = wish;
    const role = await this.roles.some(tx, organizationId, [defaultRole]);
    if (role.length === 0)
      throw new BusinessRuleException('ROLE_UNKNOWN', undefined, {
        errors: [{ field: 'body.defaultRole', reason: 'is no role of this organization' }],
      });
    await this.changes.refuseBeyond(tx, principal, grantedBy(role));
    const former = await this.state(tx, organizationId);
    await this.providers.set(tx, { organizationId, ...client, enabled, createMembers, defaultRole });
    await this.tell(tx, principal, former);
    return this.read(tx, organizationId);
  }

  async remove(tx: Tx, principal: Principal): Promise<void> {
    const former = await this.state(tx, principal.organizationId);
    if (await this.providers.remove(tx, principal.organizationId)) await this.tell(tx, principal, former);
  }

  /** What an organization has set, as events tell it. */
  async state(tx: Tx, organizationId: string): Promise<SignOnState> {
    const provider = await this.providers.find(tx, organizationId);
    const domains = await this.domains.all(tx, organizationId);
    return {
      provider: provider && settingsOf(provider),
      domains: domains.filter((it) => it.verifiedAt !== null).map((it) => it.domain),
    };
  }

  /** @param former the state before the change */
  async tell(tx: Tx, { organizationId, userId }: Principal, former: SignOnState): Promise<void> {
    const state = await this.state(tx, organizationId);
    await this.outbox.publish(tx, singleSignOnChanged, {
      organizationId,
      subject: organizationId,
      data: { organizationId, ...state, changedBy: userId },
      change: changeOf(fieldsOf(former), fieldsOf(state)),
    });
  }
}
