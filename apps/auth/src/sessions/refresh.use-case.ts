import { Injectable } from '@nestjs/common';
import type { Out, refresh } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { TOKEN_LIFE_S } from '@orion/security';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer, type Subject } from './access-token.issuer';
import { decideRefresh } from './refresh';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionRepository } from './session.repository';

@Injectable()
export class Refresh {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionRepository,
    private readonly codec: RefreshTokenCodec,
    private readonly issuer: AccessTokenIssuer,
    private readonly log: Log,
  ) {}

  /** @throws REFRESH_REJECTED */
  async run(token: string): Promise<Out<typeof refresh>> {
    const organizationId = this.codec.organizationOf(token);
    const subject = organizationId
      ? await this.database.tenant(organizationId, (tx) => this.exchange(tx, organizationId, token))
      : null;
    if (!subject) throw new BusinessRuleException('REFRESH_REJECTED');
    return {
      accessToken: await this.issuer.issue(subject),
      tokenType: 'Bearer',
      expiresIn: TOKEN_LIFE_S,
      refreshToken: this.codec.successor(token),
      userId: subject.userId,
      organizationId: subject.organizationId,
    };
  }

  /** Null where the token is refused: the end of a family must be committed, so nothing is thrown here. */
  private async exchange(
    tx: Prisma.TransactionClient,
    organizationId: string,
    token: string,
  ): Promise<Subject | null> {
    const found = await this.sessions.byToken(tx, organizationId, this.codec.hash(token));
    if (!found) return null;
    const { sessionId, userId } = found;
    const decision = decideRefresh(found.token, found.family, found.now);
    if (decision === 'reject') return null;
    if (decision === 'reuse') {
      await this.sessions.end(tx, found, 'reuse');
      this.log.warn('session_refresh_reused', { sessionId, userId, organizationId });
      return null;
    }
    const membership = await this.memberships.find(tx, organizationId, userId);
    if (!membership) {
      await this.sessions.end(tx, found, 'membership');
      return null;
    }
    if (decision === 'rotate') {
      await this.sessions.rotate(tx, organizationId, found, this.codec.hash(this.codec.successor(token)));
    }
    const digest = await this.issuer.keepPermissions(tx, organizationId, membership.roles);
    return { userId, organizationId, sessionId, digest };
  }
}
