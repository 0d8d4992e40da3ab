import { Injectable } from '@nestjs/common';
import { acceptInvited, type In, type Out, readInvited, type registerInvited } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Questions } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { CompleteAccount } from '../accounts/complete-account.use-case';
import { CredentialRepository, type Reservation } from '../accounts/credential.repository';
import { PasswordHasher } from '../accounts/password.hasher';
import type { PrismaClient } from '../generated/prisma/client';

type Wish = In<typeof registerInvited>['body'];

@Injectable()
export class RegisterInvited {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly questions: Questions,
    private readonly passwords: PasswordHasher,
    private readonly credentials: CredentialRepository,
    private readonly complete: CompleteAccount,
    private readonly log: Log,
  ) {}

  /**
   * Reserves an account for the invited address, then lets user accept the invitation with it. Where an attempt broke
   * off in between, the same token and password continue it.
   * @throws EMAIL_TAKEN, the invitation's problem, BUSY, UPSTREAM_UNAVAILABLE
   */
  async run(wish: Wish): Promise<Out<typeof registerInvited>> {
    const invited = await this.questions.ask(readInvited, { token: wish.token });
    const account = await this.account(wish, invited);
    const { userId } = account;
    const { token, name } = wish;
    const membership = await this.questions.ask(acceptInvited, { token, userId, name });
    const { organizationId } = await this.complete.finish(account, membership, { emailProved: true });
    this.log.info('account_register_succeeded', { userId, organizationId, invited: true });
    return { userId, organizationId };
  }

  private async account(
    { name, password }: Wish,
    { email, organizationName, language }: z.output<typeof readInvited.answer>,
  ): Promise<Reservation> {
    const passwordHash = await this.passwords.hash(password);
    const reservation = { userId: uuid(), email, passwordHash, name, organizationName, language };
    if (await this.database.global((tx) => this.credentials.reserve(tx, reservation))) return reservation;
    const known = await this.credentials.find(email);
    if (known?.state === 'PENDING' && (await this.passwords.verify(known.passwordHash, password)))
      return known;
    throw new BusinessRuleException('EMAIL_TAKEN', 'Sign in and accept the invitation');
  }
}
