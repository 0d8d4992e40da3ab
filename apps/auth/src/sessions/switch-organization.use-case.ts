import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Principal } from '@orion/security';
import type { PrismaClient } from '../generated/prisma/client';
import type { Minted } from './minted';
import { OpenSession } from './open-session.use-case';
import { SignInPolicyRepository } from '../factors/sign-in-policy.repository';
import { type Challenge, ChallengeRepository } from './challenge.repository';
import { decideRefresh } from './refresh';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionEnding } from './session-ending.repository';
import { type Device, type FoundToken, SessionRepository } from './session.repository';

@Injectable()
export class SwitchOrganization {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly sessions: SessionRepository,
    private readonly opening: OpenSession,
    private readonly policies: SignInPolicyRepository,
    private readonly challenges: ChallengeRepository,
    private readonly ending: SessionEnding,
    private readonly codec: RefreshTokenCodec,
  ) {}

  /**
   * Opens a family of its own, so that two organizations are used side by side; it lives as long as the present one.
   * @param token the refresh token of the present session
   * @throws REFRESH_REJECTED, NO_MEMBERSHIP, SECOND_FACTOR_REQUIRED, PASSKEY_REQUIRED; SIGN_IN_AGAIN where the present organization's own
   *   provider vouches for them, whom others need not believe
   */
  async run(
    principal: Principal,
    organizationId: string,
    token: string | undefined,
    device: Device,
  ): Promise<Minted> {
    const present = token === undefined ? null : await this.present(principal, token);
    if (!present) throw new BusinessRuleException('REFRESH_REJECTED');
    const { userId } = principal;
    const membership = await this.opening.choose(userId, organizationId);
    const { life, passkeyId } = present;
    if (!passkeyId) await this.askForFactor({ userId, organizationId: membership.organizationId, life });
    return this.opening.run(membership, { userId, life, passkeyId, ...device });
  }

  /**
   * Whoever has an authenticator showed it when they signed in, and a passkey where the session began with one; the other
   * organization may ask for a factor of everybody else.
   */
  private async askForFactor(wanted: Challenge): Promise<void> {
    const { organizationId, userId } = wanted;
    const challenge = await this.database.tenant(organizationId, async (tx) => {
      const { required, setUp, passkeys } = await this.policies.demand(tx, organizationId, userId);
      if (!required || setUp) return null;
      if (passkeys > 0) throw new BusinessRuleException('PASSKEY_REQUIRED');
      return this.challenges.add(tx, wanted);
    });
    if (challenge)
      throw new BusinessRuleException('SECOND_FACTOR_REQUIRED', undefined, { setUp: false, challenge });
  }

  /** Null where the refresh token is no live one of the caller's own session; a used one ends that session. */
  private async present(
    { sessionId, organizationId }: Principal,
    token: string,
  ): Promise<Pick<FoundToken, 'life' | 'passkeyId'> | null> {
    if (this.codec.organizationOf(token) !== organizationId) return null;
    return this.database.tenant(organizationId, async (tx) => {
      const found = await this.sessions.byToken(tx, organizationId, this.codec.hash(token));
      if (found?.sessionId !== sessionId) return null;
      if (found.vouchedBy !== null) throw new BusinessRuleException('SIGN_IN_AGAIN');
      const decision = decideRefresh(found.token, found.family, found.now);
      if (decision === 'reuse') await this.ending.end(tx, organizationId, [sessionId], 'reused');
      return decision === 'rotate' || decision === 'repeat' ? found : null;
    });
  }
}
