import { Injectable } from '@nestjs/common';
import type { In, loginSecondFactor } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { Secret } from 'otpauth';
import { CredentialRepository } from '../accounts/credential.repository';
import { CodeThrottle } from '../factors/code.throttle';
import { FactorRepository } from '../factors/factor.repository';
import { enrolmentUri } from '../factors/totp';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { type Challenge, ChallengeRepository } from './challenge.repository';
import type { Minted } from './minted';
import { OpenSession } from './open-session.use-case';
import type { Device } from './session.repository';

type Tx = Prisma.TransactionClient;
type Wish = Pick<In<typeof loginSecondFactor>['body'], 'challenge' | 'code' | 'recoveryCode'>;

/** The second step of a sign-in. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly challenges: ChallengeRepository,
    private readonly factors: FactorRepository,
    private readonly credentials: CredentialRepository,
    private readonly throttle: CodeThrottle,
    private readonly sessions: OpenSession,
    private readonly log: Log,
  ) {}

  /** For somebody whose organization asks for a factor they lack. @throws CHALLENGE_INVALID, SECOND_FACTOR_EXISTS */
  async enrol(challenge: string): Promise<{ secret: string; uri: string }> {
    const { userId } = await this.attempt(challenge);
    const secret = new Secret({ size: 20 }).base32;
    const person = await this.database.global(async (tx) => {
      if (!(await this.factors.begin(tx, userId, secret))) {
        throw new BusinessRuleException('SECOND_FACTOR_EXISTS');
      }
      return this.credentials.byId(tx, userId);
    });
    return { secret, uri: enrolmentUri(secret, person?.email ?? '') };
  }

  /** @throws CHALLENGE_INVALID, CODE_WRONG, NO_MEMBERSHIP, TOO_MANY_REQUESTS */
  async run(wish: Wish, device: Device): Promise<Minted> {
    const { userId, organizationId, life } = await this.attempt(wish.challenge);
    await this.throttle.check(userId);
    const fits = await this.database.global(async (tx) => {
      if (!(await this.fits(tx, userId, wish))) return false;
      await this.challenges.remove(tx, wish.challenge);
      return true;
    });
    if (!fits) {
      await this.throttle.failed(userId);
      this.log.warn('session_second_factor_failed', { userId, address: device.address });
      throw new BusinessRuleException('CODE_WRONG');
    }
    await this.throttle.succeeded(userId);
    const membership = await this.sessions.choose(userId, organizationId);
    return this.sessions.run(membership, { userId, life, ...device });
  }

  /** A first code confirms an authenticator that was set up on the way. */
  private async fits(tx: Tx, userId: string, { code, recoveryCode }: Wish): Promise<boolean> {
    if (recoveryCode !== undefined) return this.factors.useRecoveryCode(tx, userId, recoveryCode);
    if (code === undefined || !(await this.factors.useCode(tx, userId, code))) return false;
    await this.factors.confirm(tx, userId);
    return true;
  }

  private async attempt(token: string): Promise<Challenge> {
    const found = await this.database.global((tx) => this.challenges.attempt(tx, token));
    if (!found) throw new BusinessRuleException('CHALLENGE_INVALID');
    return found;
  }
}
