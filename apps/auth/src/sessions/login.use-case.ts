import { Injectable } from '@nestjs/common';
import type { In, login } from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { CheckCredentials } from '../accounts/check-credentials.use-case';
import type { FactorDemand } from '../factors/sign-in-policy.repository';
import type { PrismaClient } from '../generated/prisma/client';
import { type Challenge, ChallengeRepository } from './challenge.repository';
import { lifeOf } from './delivery';
import type { Minted } from './minted';
import { OpenSession } from './open-session.use-case';
import type { Device } from './session.repository';

@Injectable()
export class Login {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CheckCredentials,
    private readonly challenges: ChallengeRepository,
    private readonly sessions: OpenSession,
  ) {}

  /** @throws BAD_CREDENTIALS, SECOND_FACTOR_REQUIRED, PASSKEY_REQUIRED, NO_MEMBERSHIP, TOO_MANY_REQUESTS, BUSY */
  async run(wish: In<typeof login>['body'], device: Device): Promise<Minted> {
    const userId = await this.credentials.run(wish.email, wish.password, device.address);
    const membership = await this.sessions.choose(userId, wish.organizationId);
    const { organizationId } = membership;
    const life = lifeOf(wish);
    const outcome = await this.sessions.runUnlessAsked(membership, { userId, life, ...device });
    return 'tokens' in outcome ? outcome : this.ask({ userId, organizationId, life }, outcome);
  }

  private async ask(wanted: Challenge, { setUp, passkeys }: FactorDemand): Promise<never> {
    if (!setUp && passkeys > 0) throw new BusinessRuleException('PASSKEY_REQUIRED');
    const challenge = await this.database.tenant(wanted.organizationId, (tx) =>
      this.challenges.add(tx, wanted),
    );
    throw new BusinessRuleException('SECOND_FACTOR_REQUIRED', undefined, { setUp, challenge });
  }
}
