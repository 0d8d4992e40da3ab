import { Injectable } from '@nestjs/common';
import type { changeOrganization, In } from '@orion/contracts';
import { BusinessRuleException, databaseProblem } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Organization, Prisma } from '../generated/prisma/client';
import { OrganizationChanges } from './organization-changes.service';

type Tx = Prisma.TransactionClient;
type Wish = In<typeof changeOrganization>['body'];

@Injectable()
export class ChangeOrganization {
  constructor(private readonly changes: OrganizationChanges) {}

  /** @throws NOT_FOUND; SLUG_TAKEN naming the field */
  async run(tx: Tx, principal: Principal, { name, slug }: Wish): Promise<Organization> {
    const before = await this.changes.own(tx, principal);
    const wished = { name: name ?? before.name, slug: slug ?? before.slug };
    if (wished.name === before.name && wished.slug === before.slug) return before;
    const organization = await this.write(tx, before.id, wished);
    await this.changes.tell(tx, principal, before, organization);
    return organization;
  }

  /** Other organizations cannot be seen, so that the short name is taken shows only in the attempt. */
  private async write(tx: Tx, id: string, data: { name: string; slug: string }): Promise<Organization> {
    try {
      return await tx.organization.update({ where: { id }, data });
    } catch (error) {
      if (databaseProblem(error) !== 'CONFLICT') throw error;
      const errors = [{ field: 'body.slug', reason: 'is taken by another organization' }];
      throw new BusinessRuleException('SLUG_TAKEN', undefined, { errors });
    }
  }
}
