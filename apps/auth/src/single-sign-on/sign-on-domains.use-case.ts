import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient, SignOnDomain } from '../generated/prisma/client';
import { DomainProof } from './domain-proof.resolver';
import { SignOnDomainRepository } from './sign-on-domain.repository';
import { SignOnSettings } from './sign-on-settings.use-case';
import { newSecret } from './sign-on-state.codec';
import { recordNameOf, recordOf } from './single-sign-on';

type Tx = Prisma.TransactionClient;

const MOST_DOMAINS = 50;

/** Domains whose people an organization's provider may vouch for. */
@Injectable()
export class SignOnDomains {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly domains: SignOnDomainRepository,
    private readonly proof: DomainProof,
    private readonly settings: SignOnSettings,
  ) {}

  /** The same one where it was named before. @throws DOMAIN_LIMIT */
  async add(tx: Tx, { organizationId }: Principal, domain: string): Promise<SignOnDomain> {
    const held = await this.domains.all(tx, organizationId);
    if (held.length >= MOST_DOMAINS) throw new BusinessRuleException('DOMAIN_LIMIT');
    return this.domains.add(tx, { id: uuid(), organizationId, domain, token: newSecret() });
  }

  /** Looks before the transaction. @throws NOT_FOUND, DOMAIN_UNPROVED, DOMAIN_TAKEN */
  async verify(principal: Principal, id: string): Promise<SignOnDomain> {
    const { organizationId } = principal;
    const wanted = await this.database.tenant(organizationId, (tx) =>
      this.domains.find(tx, organizationId, id),
    );
    if (!wanted) throw new BusinessRuleException('NOT_FOUND');
    if (wanted.verifiedAt) return wanted;
    const name = recordNameOf(wanted.domain);
    const record = recordOf(wanted.token);
    if (!(await this.proof.holds(name, record))) {
      const detail = `There is no TXT record ${name} with the text ${record}; a new one may take hours to be seen`;
      throw new BusinessRuleException('DOMAIN_UNPROVED', detail);
    }
    return this.database.tenant(organizationId, async (tx) => {
      const former = await this.settings.state(tx, organizationId);
      const verified = await this.domains.verify(tx, wanted);
      if (!verified) throw new BusinessRuleException('DOMAIN_TAKEN');
      await this.settings.tell(tx, principal, former);
      return verified;
    });
  }

  /** @throws NOT_FOUND */
  async remove(tx: Tx, principal: Principal, id: string): Promise<void> {
    const former = await this.settings.state(tx, principal.organizationId);
    if (!(await this.domains.remove(tx, principal.organizationId, id)))
      throw new BusinessRuleException('NOT_FOUND');
    await this.settings.tell(tx, principal, former);
  }
}
