import { Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { CompleteAccount } from './complete-account.use-case';
import { CredentialRepository } from './credential.repository';
import { PasswordHasher } from './password.hasher';
import { SignInThrottle } from './sign-in.throttle';
import { ThrottledSignIns } from './throttled-sign-ins.job';

@Injectable()
export class CheckCredentials {
  constructor(
    private readonly throttle: SignInThrottle,
    private readonly passwords: PasswordHasher,
    private readonly credentials: CredentialRepository,
    private readonly complete: CompleteAccount,
    private readonly throttled: ThrottledSignIns,
    private readonly log: Log,
  ) {}

  /**
   * Whose e-mail and password these are; an account whose registration broke off is completed on the way.
   * @throws BAD_CREDENTIALS alike for a wrong password and an unknown e-mail, TOO_MANY_REQUESTS, BUSY
   */
  async run(email: string, password: string, address: string): Promise<string> {
    await this.throttle.check(email, address);
    const known = await this.credentials.find(email);
    const fits = await this.passwords.verify(known?.passwordHash, password);
    if (!known || !fits) {
      if (await this.throttle.failed(email, address)) await this.throttled.note(email);
      this.log.warn('session_login_failed', { userId: known?.userId, address });
      throw new BusinessRuleException('BAD_CREDENTIALS');
    }
    await this.throttle.succeeded(email, address);
    if (known.state === 'PENDING') await this.complete.run(known);
    return known.userId;
  }
}
