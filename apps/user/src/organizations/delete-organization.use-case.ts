import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Organization, Prisma } from '../generated/prisma/client';
import { OrganizationChanges } from './organization-changes.service';
import { OrganizationRepository } from './organization.repository';

type Tx = Prisma.TransactionClient;

/** Days a deleted organization can be restored. */
export const GRACE_DAYS = 30;

@Injectable()
export class DeleteOrganization {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly changes: OrganizationChanges,
  ) {}

  /** @throws NOT_FOUND, NOT_OWNER, ORGANIZATION_DELETED */
  async run(tx: Tx, principal: Principal): Promise<Organization> {
    const { id, eraseAt } = await this.changes.owned(tx, principal);
    if (eraseAt) throw new BusinessRuleException('ORGANIZATION_DELETED');
    return this.write(tx, principal, id, GRACE_DAYS);
  }

  /** @throws NOT_FOUND, NOT_OWNER, ORGANIZATION_NOT_DELETED */
  async restore(tx: Tx, principal: Principal): Promise<Organization> {
    const { id, eraseAt } = await this.changes.owned(tx, principal);
    if (!eraseAt) throw new BusinessRuleException('ORGANIZATION_NOT_DELETED');
    return this.write(tx, principal, id, null);
  }

  private async write(
    tx: Tx,
    principal: Principal,
    id: string,
    graceDays: number | null,
  ): Promise<Organization> {
    const organization = await this.organizations.eraseAfter(tx, id, graceDays);
    await this.changes.tell(tx, principal, organization);
    return organization;
  }
}
