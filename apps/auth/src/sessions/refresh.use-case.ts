import { Injectable } from '@nestjs/common';
import type { Out, refresh } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { type CallCookies, TOKEN_LIFE_S } from '@orion/security';
import { SignInPolicyRepository } from '../factors/sign-in-policy.repository';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer, type Subject } from './access-token.issuer';
import { candidates, intoCookie } from './delivery';
import { type Minted, tokensOf } from './minted';
import { decideRefresh, type Life, tokenSeconds } from './refresh';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionEnding } from './session-ending.repository';
import { type FoundToken, SessionRepository } from './session.repository';
import { SharedPermissions } from './shared-permissions.provider';

@Injectable()
export class Refresh {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionRepository,
    private readonly ending: SessionEnding,
    private readonly policies: SignInPolicyRepository,
    private readonly codec: RefreshTokenCodec,
    private readonly issuer: AccessTokenIssuer,
    private readonly shared: SharedPermissions,
    private readonly log: Log,
  ) {}

  /** @throws REFRESH_REJECTED */
  async run(token: string): Promise<Minted> {
    const minted = await this.mint(token);
    if (!minted) throw new BusinessRuleException('REFRESH_REJECTED');
    return minted;
  }

  /** For a page: tokens it holds in cookies are tried, and dropped where they are worth nothing. */
  async runWithCookies(
    cookies: CallCookies,
    organizationId: string | undefined,
  ): Promise<Out<typeof refresh>> {
    for (const [key, token] of candidates(cookies.held(), organizationId)) {
      const minted = await this.mint(token);
      if (minted) return intoCookie(minted, cookies);
      cookies.drop(key);
    }
    throw new BusinessRuleException('REFRESH_REJECTED');
  }

  private async mint(token: string): Promise<Minted | null> {
    const organizationId = this.codec.organizationOf(token);
    if (!organizationId) return null;
    const found = await this.database.tenant(organizationId, (tx) =>
      this.exchange(tx, organizationId, token),
    );
    if (!found) return null;
    const accessToken = await this.issuer.issue(found);
    const refreshToken = this.codec.successor(token);
    return { life: found.life, tokens: tokensOf(found, accessToken, refreshToken, found.lifeSeconds) };
  }

  /** Null where the token is refused: the end of a family must be committed, so nothing is thrown here. */
  private async exchange(
    tx: Prisma.TransactionClient,
    organizationId: string,
    token: string,
  ): Promise<(Subject & { life: Life }) | null> {
    const found = await this.sessions.byToken(tx, organizationId, this.codec.hash(token));
    if (!found) return null;
    const { sessionId, userId, life } = found;
    const decision = decideRefresh(found.token, found.family, found.now);
    if (decision === 'reject') return null;
    if (decision === 'reuse') {
      await this.ending.end(tx, organizationId, [sessionId], 'reused');
      this.log.warn('session_refresh_reused', { sessionId, userId, organizationId });
      return null;
    }
    if (found.impersonatorId !== null) return this.goOnFor(tx, organizationId, token, found, decision);
    const membership = await this.memberships.find(tx, organizationId, userId);
    if (!membership) {
      await this.ending.end(tx, organizationId, [sessionId], 'membership');
      return null;
    }
    // A provider asks for what the organization wants of its people by itself.
    const proved = found.passkeyId ?? found.vouchedBy;
    if (!proved && !(await this.hasFactorsFor(tx, organizationId, userId))) {
      await this.ending.end(tx, organizationId, [sessionId], 'policy');
      return null;
    }
    if (decision === 'rotate') await this.rotate(tx, organizationId, found, token);
    const digest = await this.issuer.keepPermissions(tx, organizationId, membership.roles);
    return { userId, organizationId, sessionId, digest, life };
  }

  /** While somebody acts for the user: no longer than the hour, and with what both may do now. */
  private async goOnFor(
    tx: Prisma.TransactionClient,
    organizationId: string,
    token: string,
    found: FoundToken,
    decision: 'rotate' | 'repeat',
  ): Promise<(Subject & { life: Life }) | null> {
    const { sessionId, userId, life, impersonatorId, family, now } = found;
    const digest = await this.shared.keep(tx, organizationId, found);
    if (digest === null) {
      await this.ending.end(tx, organizationId, [sessionId], 'permissions');
      return null;
    }
    if (decision === 'rotate') await this.rotate(tx, organizationId, found, token);
    const lifeSeconds = tokenSeconds(now, family.expiresAt, TOKEN_LIFE_S);
    return { userId, organizationId, sessionId, digest, life, impersonatorId, lifeSeconds };
  }

  private rotate(
    tx: Prisma.TransactionClient,
    organizationId: string,
    found: FoundToken,
    token: string,
  ): Promise<void> {
    return this.sessions.rotate(tx, organizationId, found, this.codec.hash(this.codec.successor(token)));
  }

  /** The organization may have begun to ask for a second factor since the sign-in. */
  private async hasFactorsFor(
    tx: Prisma.TransactionClient,
    organizationId: string,
    userId: string,
  ): Promise<boolean> {
    const { required, setUp } = await this.policies.demand(tx, organizationId, userId);
    return !required || setUp;
  }
}
