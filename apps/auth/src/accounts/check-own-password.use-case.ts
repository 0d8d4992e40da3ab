import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import type { PrismaClient } from '../generated/prisma/client';
import { CredentialRepository, type KnownCredential } from './credential.repository';
import { PasswordHasher } from './password.hasher';
import { SignInThrottle } from './sign-in.throttle';

/** For changes that need more than a session: whoever found an open screen does not know the password. */
@Injectable()
export class CheckOwnPassword {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CredentialRepository,
    private readonly passwords: PasswordHasher,
    private readonly throttle: SignInThrottle,
  ) {}

  /** @throws WRONG_PASSWORD, TOO_MANY_REQUESTS, BUSY */
  async run(userId: string, password: string, address: string): Promise<KnownCredential> {
    const known = await this.database.global((tx) => this.credentials.byId(tx, userId));
    if (!known) throw new BusinessRuleException('WRONG_PASSWORD');
    await this.throttle.check(known.email, address);
    if (!(await this.passwords.verify(known.passwordHash, password))) {
      await this.throttle.failed(known.email, address);
      throw new BusinessRuleException('WRONG_PASSWORD');
    }
    await this.throttle.succeeded(known.email, address);
    return known;
  }
}
