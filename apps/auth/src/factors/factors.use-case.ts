import { Injectable } from '@nestjs/common';
import { authRecordChanged, changeOf, hasChanged } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Outbox, recordFact } from '@orion/messaging';
import { BusinessRuleException, FieldProblems } from '@orion/problem';
import { Secret } from 'otpauth';
import type { KnownCredential } from '../accounts/credential.repository';
import { CheckOwnPassword } from '../accounts/check-own-password.use-case';
import { AccountRecords } from '../mail-links/account-records.provider';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { CodeThrottle } from './code.throttle';
import { FactorRepository } from './factor.repository';
import { SignInPolicyRepository } from './sign-in-policy.repository';
import { enrolmentUri } from './totp';

type Tx = Prisma.TransactionClient;

/** What somebody who is signed in does about their second factors. */
@Injectable()
export class Factors {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly factors: FactorRepository,
    private readonly policies: SignInPolicyRepository,
    private readonly own: CheckOwnPassword,
    private readonly throttle: CodeThrottle,
    private readonly records: AccountRecords,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** @throws WRONG_PASSWORD, SECOND_FACTOR_EXISTS, TOO_MANY_REQUESTS, BUSY */
  async enrol(userId: string, password: string, address: string): Promise<{ secret: string; uri: string }> {
    const { email } = await this.own.run(userId, password, address);
    const secret = new Secret({ size: 20 }).base32;
    const begun = await this.database.global((tx) => this.factors.begin(tx, userId, secret));
    if (!begun) throw new BusinessRuleException('SECOND_FACTOR_EXISTS');
    return { secret, uri: enrolmentUri(secret, email) };
  }

  /** @returns recovery codes. @throws CODE_WRONG, SECOND_FACTOR_MISSING, SECOND_FACTOR_EXISTS, TOO_MANY_REQUESTS */
  async confirm(userId: string, code: string): Promise<string[]> {
    const codes = await this.withCode(userId, code, false, async (tx) => {
      await this.factors.confirm(tx, userId);
      const fresh = await this.factors.renewRecoveryCodes(tx, userId);
      await this.records.tell(tx, userId, 'authenticator-added');
      return fresh;
    });
    this.log.info('account_authenticator_added', { userId });
    return codes;
  }

  /** @throws CODE_WRONG, SECOND_FACTOR_MISSING, TOO_MANY_REQUESTS */
  renewRecoveryCodes(userId: string, code: string): Promise<string[]> {
    return this.withCode(userId, code, true, async (tx) => {
      const fresh = await this.factors.renewRecoveryCodes(tx, userId);
      await this.records.tell(tx, userId, 'recovery-codes-renewed');
      return fresh;
    });
  }

  /** @throws WRONG_PASSWORD, CODE_WRONG, SECOND_FACTOR_MISSING, TOO_MANY_REQUESTS, BUSY */
  async remove(userId: string, password: string, code: string, address: string): Promise<void> {
    await this.own.run(userId, password, address);
    await this.withCode(userId, code, true, async (tx) => {
      await this.factors.remove(tx, userId);
      await this.records.tell(tx, userId, 'authenticator-removed');
    });
    this.log.info('account_authenticator_removed', { userId });
  }

  /**
   * That it is the person themselves: by their password, and a code of who has an authenticator.
   * @throws WRONG_PASSWORD, CODE_WRONG, TOO_MANY_REQUESTS, BUSY; FieldProblems where a code is needed
   */
  async confirmPerson(
    userId: string,
    { password, code }: { password: string; code?: string | undefined },
    address: string,
  ): Promise<KnownCredential> {
    const person = await this.own.run(userId, password, address);
    if (!(await this.database.global((tx) => this.factors.isSetUp(tx, userId)))) return person;
    if (code === undefined)
      throw new FieldProblems([{ field: 'body.code', reason: 'is needed: you have an authenticator' }]);
    await this.withCode(userId, code, true, () => Promise.resolve());
    return person;
  }

  /** @throws SECOND_FACTOR_MISSING for somebody who would lock themselves out */
  async require(organizationId: string, userId: string, required: boolean): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      const has = async () =>
        (await this.factors.isSetUp(tx, userId)) || (await this.factors.passkeys(tx, userId)) > 0;
      if (required && !(await has())) throw new BusinessRuleException('SECOND_FACTOR_MISSING');
      const before = await this.policies.secondFactorRequired(tx, organizationId);
      await this.policies.set(tx, organizationId, required);
      const change = changeOf({ secondFactorRequired: before }, { secondFactorRequired: required });
      const record = { kind: 'sign-in-policy', id: organizationId, action: 'changed' };
      if (hasChanged(change))
        await this.outbox.publish(tx, authRecordChanged, recordFact(organizationId, record, change));
    });
  }

  private async withCode<T>(
    userId: string,
    code: string,
    setUp: boolean,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    await this.throttle.check(userId);
    const done = await this.database.global(async (tx) => {
      const held = await tx.authenticator.findUnique({ where: { userId }, select: { confirmedAt: true } });
      if (!held || (setUp && !held.confirmedAt)) throw new BusinessRuleException('SECOND_FACTOR_MISSING');
      if (!setUp && held.confirmedAt) throw new BusinessRuleException('SECOND_FACTOR_EXISTS');
      return (await this.factors.useCode(tx, userId, code)) ? { result: await work(tx) } : null;
    });
    if (!done) {
      await this.throttle.failed(userId);
      throw new BusinessRuleException('CODE_WRONG');
    }
    await this.throttle.succeeded(userId);
    return done.result;
  }
}
