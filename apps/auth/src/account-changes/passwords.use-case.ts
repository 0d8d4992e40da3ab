import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import { CheckOwnPassword } from '../accounts/check-own-password.use-case';
import { CredentialRepository } from '../accounts/credential.repository';
import { PasswordHasher } from '../accounts/password.hasher';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { AccountLinkRepository } from '../mail-links/account-link.repository';
import { AccountMails } from '../mail-links/account-mails.provider';
import { AccountRecords } from '../mail-links/account-records.provider';
import { SessionEnding } from '../sessions/session-ending.repository';
import { RESETS_CHANNEL } from './reset-requests.job';

export interface Caller {
  userId: string;
  sessionId: string;
  address: string;
}

@Injectable()
export class Passwords {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly own: CheckOwnPassword,
    private readonly links: AccountLinkRepository,
    private readonly mails: AccountMails,
    private readonly records: AccountRecords,
    private readonly ending: SessionEnding,
    private readonly log: Log,
  ) {}

  /** Writes the wish down and nothing else, so that an unknown address takes neither longer nor shorter. */
  async forgot(email: string): Promise<void> {
    await this.database.global(async (tx) => {
      await tx.resetRequest.createMany({ data: [{ id: uuid(), email }] });
      await this.database.notify(tx, RESETS_CHANNEL);
    });
  }

  /** The link proves the address as well. @throws LINK_INVALID, BUSY */
  async reset(token: string, password: string): Promise<void> {
    const known = await this.database.global((tx) => this.links.peek(tx, token, ['reset-password']));
    if (!known) throw new BusinessRuleException('LINK_INVALID');
    const hash = await this.hasher.hash(password);
    await this.database.global(async (tx) => {
      const link = await this.links.take(tx, token, ['reset-password']);
      if (!link || !(await this.credentials.verified(tx, link.userId, link.email))) {
        throw new BusinessRuleException('LINK_INVALID');
      }
      await this.set(tx, link.userId, hash);
    });
    this.log.info('account_password_reset_succeeded', { userId: known.userId });
  }

  /** @throws WRONG_PASSWORD, TOO_MANY_REQUESTS, BUSY */
  async change({ userId, sessionId, address }: Caller, current: string, next: string): Promise<void> {
    await this.own.run(userId, current, address);
    const hash = await this.hasher.hash(next);
    await this.database.global(async (tx) => {
      await this.links.forget(tx, userId, ['reset-password']);
      await this.set(tx, userId, hash, sessionId);
    });
    this.log.info('account_password_change_succeeded', { userId });
  }

  private async set(
    tx: Prisma.TransactionClient,
    userId: string,
    hash: string,
    spared?: string,
  ): Promise<void> {
    await this.credentials.setPassword(tx, userId, hash);
    await this.ending.ofUser(tx, userId, 'password', { spared });
    const person = await this.credentials.byId(tx, userId);
    await this.records.tell(tx, userId, spared === undefined ? 'password-reset' : 'password-changed');
    if (person) await this.mails.askAtHome(tx, person, { kind: 'password-changed' });
  }
}
