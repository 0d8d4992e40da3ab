import { Injectable } from '@nestjs/common';
import type { In, Out, register } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { PrismaClient } from '../generated/prisma/client';
import { CompleteAccount } from './complete-account.use-case';
import { CredentialRepository, type Reservation } from './credential.repository';
import { PasswordHasher } from './password.hasher';

type Wish = In<typeof register>['body'];

@Injectable()
export class Register {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly passwords: PasswordHasher,
    private readonly credentials: CredentialRepository,
    private readonly complete: CompleteAccount,
    private readonly log: Log,
  ) {}

  /**
   * Reserves the account, then completes it. Where an earlier attempt broke off in between, the same e-mail and
   * password continue it.
   * @throws EMAIL_TAKEN, BUSY, UPSTREAM_UNAVAILABLE
   */
  async run(wish: Wish): Promise<Out<typeof register>> {
    const reserved = await this.reserve(wish);
    const account = reserved ?? (await this.interrupted(wish));
    const { organizationId } = await this.complete.run(account);
    this.log.info('account_register_succeeded', {
      userId: account.userId,
      organizationId,
      resumed: !reserved,
    });
    return { userId: account.userId, organizationId };
  }

  private async reserve({
    email,
    password,
    name,
    organizationName,
    language = 'en',
  }: Wish): Promise<Reservation | null> {
    const passwordHash = await this.passwords.hash(password);
    const reservation = { userId: uuid(), email, passwordHash, name, organizationName, language };
    const done = await this.database.global((tx) => this.credentials.reserve(tx, reservation));
    return done ? reservation : null;
  }

  private async interrupted({ email, password }: Wish): Promise<Reservation> {
    const known = await this.credentials.find(email);
    const pending = known?.state === 'PENDING' ? known : undefined;
    if (pending && (await this.passwords.verify(pending.passwordHash, password))) return pending;
    throw new BusinessRuleException('EMAIL_TAKEN');
  }
}
