import { Injectable } from '@nestjs/common';
import { changeOf, organizationChanged, organizationErased } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Organization, Prisma } from '../generated/prisma/client';
import { OrganizationRepository } from './organization.repository';

type Tx = Prisma.TransactionClient;

const fieldsOf = ({ name, slug, ownerId, eraseAt }: Organization) => ({
  name,
  slug,
  ownerId,
  eraseAt: eraseAt?.toISOString() ?? null,
});

/** What every change of an organization has in common. */
@Injectable()
export class OrganizationChanges {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly outbox: Outbox,
  ) {}

  /** The caller's organization, locked. @throws NOT_FOUND */
  async own(tx: Tx, { organizationId }: Principal): Promise<Organization> {
    await this.organizations.lock(tx, organizationId);
    const organization = await this.organizations.find(tx, organizationId);
    if (!organization) throw new BusinessRuleException('NOT_FOUND');
    return organization;
  }

  /** As `own`, for what only the owner may do. @throws NOT_OWNER */
  async owned(tx: Tx, principal: Principal): Promise<Organization> {
    const organization = await this.own(tx, principal);
    if (organization.ownerId !== principal.userId) throw new BusinessRuleException('NOT_OWNER');
    return organization;
  }

  async tell(tx: Tx, { userId }: Principal, before: Organization, organization: Organization): Promise<void> {
    const { id, name, slug, ownerId, eraseAt } = organization;
    await this.outbox.publish(tx, organizationChanged, {
      organizationId: id,
      subject: id,
      data: {
        organizationId: id,
        name,
        slug,
        ownerId,
        eraseAt: eraseAt?.toISOString() ?? null,
        changedBy: userId,
      },
      change: changeOf(fieldsOf(before), fieldsOf(organization)),
    });
  }

  async tellErased(tx: Tx, organizationId: string): Promise<void> {
    const data = { organizationId };
    await this.outbox.publish(tx, organizationErased, { organizationId, subject: organizationId, data });
  }
}
