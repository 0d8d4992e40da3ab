import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import type { Grants } from '../roles/grants';
import { RoleDirectory } from '../roles/role-directory.service';
import { belongs } from './member';
import { type MemberRow, MembershipRepository } from './membership.repository';
import { mayChangeRoles } from './role-guard';

/** Roles that are to be given, and the field of the request that names them. */
export interface Given {
  field: string;
  roles: readonly string[];
}

type Work = (
  tx: Prisma.TransactionClient,
  member: MemberRow,
  may: (to: readonly string[]) => void,
) => Promise<MemberRow>;

/**
 * One change of what a member may do, after any other of the organization. Auth may have to be asked what roles
 * grant, which no transaction waits for: what the member holds is read before it begins.
 */
@Injectable()
export class MemberChange {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
    private readonly directory: RoleDirectory,
  ) {}

  /**
   * @param work gets a check that lets nobody give or take what they lack
   * @throws NOT_FOUND, UPSTREAM_UNAVAILABLE; CONCURRENT_UPDATE where the member holds other roles meanwhile
   */
  async run(principal: Principal, userId: string, { field, roles }: Given, work: Work): Promise<MemberRow> {
    const { organizationId } = principal;
    const before = await this.database.tenant(organizationId, (tx) => this.found(tx, organizationId, userId));
    const grants = await this.directory.wished(organizationId, field, roles, before.roles);
    return this.database.tenant(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const member = await this.found(tx, organizationId, userId);
      if (!grants.covers(member.roles)) throw new BusinessRuleException('CONCURRENT_UPDATE');
      return work(tx, member, (to) => refuseBeyond(principal, member.roles, to, grants));
    });
  }

  private async found(
    tx: Prisma.TransactionClient,
    organizationId: string,
    userId: string,
  ): Promise<MemberRow> {
    const member = await this.memberships.find(tx, organizationId, userId);
    if (!member || !belongs(member)) throw new BusinessRuleException('NOT_FOUND');
    return member;
  }
}

/** @throws FORBIDDEN where the step from one set of roles to another gives or takes what the caller lacks */
function refuseBeyond(
  { permissions }: Principal,
  from: readonly string[],
  to: readonly string[],
  grants: Grants,
): void {
  if (mayChangeRoles(permissions, from, to, (ids) => grants.permissionsOf(ids))) return;
  throw new BusinessRuleException('FORBIDDEN', 'Nobody grants or takes permissions they lack');
}
