import { Injectable } from '@nestjs/common';
import type { Permission } from '@orion/contracts';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { RoleRepository } from '../roles/role.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { inCommon } from './in-common';
import { SessionRepository } from './session.repository';

/** Who acts for whom, out of which session. */
export interface Acting {
  userId: string;
  impersonatorId: string | null;
  impersonatorSessionId: string | null;
}

/** What somebody may do while they act for another member: what both may, by the roles they hold now. */
@Injectable()
export class SharedPermissions {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly roles: RoleRepository,
    private readonly sessions: SessionRepository,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  /**
   * Stores them; the digest may go into a token once the transaction has committed. Null where it may not go on: one of
   * them has left, the right to act for others was taken, or the session it began in has ended.
   * @param held what the token it begins with grants, if it begins
   */
  async keep(
    tx: Prisma.TransactionClient,
    organizationId: string,
    { userId, impersonatorId, impersonatorSessionId }: Acting,
    held?: ReadonlySet<Permission>,
  ): Promise<string | null> {
    if (impersonatorId === null || impersonatorSessionId === null) return null;
    // Whoever changes or ends one of these memberships comes before or after.
    await tx.$queryRaw`
      SELECT id FROM membership
       WHERE organization_id = ${organizationId}::uuid AND user_id IN (${userId}::uuid, ${impersonatorId}::uuid)
       ORDER BY id FOR SHARE`;
    if (!(await this.sessions.lockLive(tx, organizationId, impersonatorSessionId))) return null;
    const theirs = await this.granted(tx, organizationId, userId);
    const own = await this.granted(tx, organizationId, impersonatorId);
    if (!theirs || !own?.includes('member.impersonate')) return null;
    return this.issuer.keep(tx, inCommon(theirs, held ? inCommon(own, [...held]) : own));
  }

  private async granted(
    tx: Prisma.TransactionClient,
    organizationId: string,
    userId: string,
  ): Promise<Permission[] | null> {
    const membership = await this.memberships.find(tx, organizationId, userId);
    return membership && this.roles.granted(tx, organizationId, membership.roles);
  }
}
