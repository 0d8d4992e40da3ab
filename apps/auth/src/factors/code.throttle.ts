import { Injectable } from '@nestjs/common';
import { SignInThrottle } from '../accounts/sign-in.throttle';

/** Stands for every address: loopback is counted with its account only. */
const EVERYWHERE = '127.0.0.1';

/**
 * Delays codes after failures, for the account wherever they come from: who gets here knows the password, so nobody else
 * can delay its owner, and a right password forgives nothing.
 */
@Injectable()
export class CodeThrottle {
  constructor(private readonly throttle: SignInThrottle) {}

  /** @throws TOO_MANY_REQUESTS while a delay runs */
  check(userId: string): Promise<void> {
    return this.throttle.check(`code ${userId}`, EVERYWHERE);
  }

  async failed(userId: string): Promise<void> {
    await this.throttle.failed(`code ${userId}`, EVERYWHERE);
  }

  succeeded(userId: string): Promise<void> {
    return this.throttle.succeeded(`code ${userId}`, EVERYWHERE);
  }
}
