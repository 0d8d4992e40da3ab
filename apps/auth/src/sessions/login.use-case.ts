import { Injectable } from '@nestjs/common';
import type { In, login, Out } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { TOKEN_LIFE_S } from '@orion/security';
import { CheckCredentials } from '../accounts/check-credentials.use-case';
import type { Membership, PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionRepository } from './session.repository';

@Injectable()
export class Login {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CheckCredentials,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionRepository,
    private readonly codec: RefreshTokenCodec,
    private readonly issuer: AccessTokenIssuer,
    private readonly log: Log,
  ) {}

  /** @throws BAD_CREDENTIALS, NO_MEMBERSHIP, TOO_MANY_REQUESTS, BUSY */
  async run(wish: In<typeof login>['body'], address: string): Promise<Out<typeof login>> {
    const userId = await this.credentials.run(wish.email, wish.password, address);
    const { organizationId, roles } = await this.choose(userId, wish.organizationId);
    const refreshToken = this.codec.first(organizationId);
    const { sessionId, digest } = await this.database.tenant(organizationId, async (tx) => ({
      sessionId: await this.sessions.open(tx, organizationId, userId, this.codec.hash(refreshToken)),
      digest: await this.issuer.keepPermissions(tx, organizationId, roles),
    }));
    const accessToken = await this.issuer.issue({ userId, organizationId, sessionId, digest });
    this.log.info('session_login_succeeded', { userId, organizationId, sessionId });
    return {
      accessToken,
      tokenType: 'Bearer',
      expiresIn: TOKEN_LIFE_S,
      refreshToken,
      userId,
      organizationId,
    };
  }

  private async choose(userId: string, wished: string | undefined): Promise<Membership> {
    const held = await this.database.global((tx) => this.memberships.ofUser(tx, userId));
    const chosen =
      wished === undefined ? held[0] : held.find((it) => it.organizationId === wished.toLowerCase());
    if (!chosen) throw new BusinessRuleException('NO_MEMBERSHIP');
    return chosen;
  }
}
