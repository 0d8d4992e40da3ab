import { Injectable } from '@nestjs/common';
import type { In, Out, switchOrganization } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { type Principal, TOKEN_LIFE_S } from '@orion/security';
import type { PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { decideRefresh } from './refresh';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionRepository } from './session.repository';

type Wish = In<typeof switchOrganization>['body'];

@Injectable()
export class SwitchOrganization {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionRepository,
    private readonly codec: RefreshTokenCodec,
    private readonly issuer: AccessTokenIssuer,
    private readonly log: Log,
  ) {}

  /** Opens a family of its own, so that two organizations are used side by side. @throws REFRESH_REJECTED, NO_MEMBERSHIP */
  async run(principal: Principal, wish: Wish): Promise<Out<typeof switchOrganization>> {
    const { userId } = principal;
    if (!(await this.isPresent(principal, wish.refreshToken)))
      throw new BusinessRuleException('REFRESH_REJECTED');
    const organizationId = wish.organizationId.toLowerCase();
    const refreshToken = this.codec.first(organizationId);
    const opened = await this.database.tenant(organizationId, async (tx) => {
      const membership = await this.memberships.find(tx, organizationId, userId);
      if (!membership) throw new BusinessRuleException('NO_MEMBERSHIP');
      return {
        sessionId: await this.sessions.open(tx, organizationId, userId, this.codec.hash(refreshToken)),
        digest: await this.issuer.keepPermissions(tx, organizationId, membership.roles),
      };
    });
    const accessToken = await this.issuer.issue({ userId, organizationId, ...opened });
    this.log.info('session_switch_succeeded', { userId, organizationId, sessionId: opened.sessionId });
    return {
      accessToken,
      tokenType: 'Bearer',
      expiresIn: TOKEN_LIFE_S,
      refreshToken,
      userId,
      organizationId,
    };
  }

  /** Whether the refresh token is a live one of the caller's own session; a used one ends that session. */
  private async isPresent({ sessionId, organizationId }: Principal, token: string): Promise<boolean> {
    if (this.codec.organizationOf(token) !== organizationId) return false;
    return this.database.tenant(organizationId, async (tx) => {
      const found = await this.sessions.byToken(tx, organizationId, this.codec.hash(token));
      if (found?.sessionId !== sessionId) return false;
      const decision = decideRefresh(found.token, found.family, found.now);
      if (decision === 'reuse') await this.sessions.end(tx, found, 'reuse');
      return decision === 'rotate' || decision === 'repeat';
    });
  }
}
