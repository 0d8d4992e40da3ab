import { Injectable } from '@nestjs/common';
import type { In, login } from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { CheckCredentials } from '../accounts/check-credentials.use-case';
import { FactorRepository } from '../factors/factor.repository';
import { SignInPolicyRepository } from '../factors/sign-in-policy.repository';
import type { PrismaClient } from '../generated/prisma/client';
import { ChallengeRepository } from './challenge.repository';
import { lifeOf } from './delivery';
import type { Minted } from './minted';
import { OpenSession } from './open-session.use-case';
import type { Device } from './session.repository';

@Injectable()
export class Login {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CheckCredentials,
    private readonly factors: FactorRepository,
    private readonly policies: SignInPolicyRepository,
    private readonly challenges: ChallengeRepository,
    private readonly sessions: OpenSession,
  ) {}

  /** @throws BAD_CREDENTIALS, SECOND_FACTOR_REQUIRED, PASSKEY_REQUIRED, NO_MEMBERSHIP, TOO_MANY_REQUESTS, BUSY */
  async run(wish: In<typeof login>['body'], device: Device): Promise<Minted> {
    const userId = await this.credentials.run(wish.email, wish.password, device.address);
    const membership = await this.sessions.choose(userId, wish.organizationId);
    const { organizationId } = membership;
    const life = lifeOf(wish);
    const asked = await this.database.tenant(organizationId, async (tx) => {
      const setUp = await this.factors.isSetUp(tx, userId);
      if (!setUp && !(await this.policies.secondFactorRequired(tx, organizationId))) return null;
      if (!setUp && (await this.factors.passkeys(tx, userId)) > 0)
        throw new BusinessRuleException('PASSKEY_REQUIRED');
      return { setUp, challenge: await this.challenges.add(tx, { userId, organizationId, life }) };
    });
    if (asked) throw new BusinessRuleException('SECOND_FACTOR_REQUIRED', undefined, asked);
    return this.sessions.run(membership, { userId, life, ...device });
  }
}
