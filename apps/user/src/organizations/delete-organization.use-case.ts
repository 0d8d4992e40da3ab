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
    const before = await this.changes.owned(tx, principal);
    if (before.eraseAt) throw new BusinessRuleException('ORGANIZATION_DELETED');
    return this.write(tx, principal, before, GRACE_DAYS);
  }

  /** @throws NOT_FOUND, NOT_OWNER, ORGANIZATION_NOT_DELETED */
  async restore(tx: Tx, principal: Principal): Promise<Organization> {
    const before = await this.changes.owned(tx, principal);
    if (!before.eraseAt) throw new BusinessRuleException('ORGANIZATION_NOT_DELETED');
    return this.write(tx, principal, before, null);
  }

  private async write(
    tx: Tx,
    principal: Principal,
    before: Organization,
    graceDays: number | null,
  ): Promise<Organization> {
    const organization = await this.organizations.eraseAfter(tx, before.id, graceDays);
    await this.changes.tell(tx, principal, before, organization);
    return organization;
  }
}
