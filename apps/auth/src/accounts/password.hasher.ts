import type { Options } from '@node-rs/argon2';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import { CONFIG } from '@orion/service';
import type { AuthConfig } from '../auth.config';
import { Admission, Refused } from './admission';
import { HashingThreads } from './hashing.threads';

/** Argon2id (the library's default algorithm), OWASP Password Storage Cheat Sheet: m=19 MiB, t=2, p=1. */
const OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** A hash of these options that no password fits: unknown users cost what known ones cost. */
const NOBODY = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const RETRY_AFTER_SECONDS = 2;

@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  private readonly admission: Admission;
  private readonly threads = new HashingThreads();

  constructor(@Inject(CONFIG) config: Pick<AuthConfig, 'PASSWORD_CONCURRENCY' | 'PASSWORD_QUEUE'>) {
    this.admission = new Admission(config.PASSWORD_CONCURRENCY, config.PASSWORD_QUEUE);
  }

  /** @throws BUSY */
  hash(password: string): Promise<string> {
    return this.admit(async () => String(await this.threads.run({ do: 'hash', password, options: OPTIONS })));
  }

  /**
   * Takes the same time whether or not there is a hash to compare with.
   * @throws BUSY
   */
  verify(stored: string | undefined, password: string): Promise<boolean> {
    return this.admit(async () => {
      const fits = await this.threads.run({ do: 'verify', stored: stored ?? NOBODY, password });
      return fits === true && stored !== undefined;
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.threads.close();
  }

  private async admit<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.admission.run(work);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new BusinessRuleException('BUSY', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }
}
