import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@orion/service';
import type { AuthConfig } from '../auth.config';
import type { Prisma } from '../generated/prisma/client';
import { seal, unseal } from '../keys/private-key.cipher';
import { stepOf } from './totp';

type Tx = Prisma.TransactionClient;

const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

/** Dashes and case are for the eye only. */
const hashOf = (code: string) =>
  new Uint8Array(createHash('sha256').update(code.toLowerCase().replaceAll(/[\s-]/g, '')).digest());

/** 80 random bits as four groups of five letters and digits. */
const newRecoveryCode = (): string =>
  (randomBytes(RECOVERY_BYTES).toString('hex').match(/.{5}/g) ?? []).join('-');

const aboutOf = (userId: string): string => `authenticator ${userId}`;

@Injectable()
export class FactorRepository {
  private readonly key: Uint8Array;

  constructor(@Inject(CONFIG) config: Pick<AuthConfig, 'ORION_ENCRYPTION_KEY'>) {
    this.key = config.ORION_ENCRYPTION_KEY;
  }

  /** Whether the person has a confirmed authenticator. */
  async isSetUp(tx: Tx, userId: string): Promise<boolean> {
    const found = await tx.authenticator.findUnique({ where: { userId }, select: { confirmedAt: true } });
    return found !== null && found.confirmedAt !== null;
  }

  /** How many passkeys the person has; each counts as both factors. */
  passkeys(tx: Tx, userId: string): Promise<number> {
    return tx.passkey.count({ where: { userId } });
  }

  /** In place of one that was never confirmed. @param secret base32 @returns false where one is set up */
  async begin(tx: Tx, userId: string, secret: string): Promise<boolean> {
    const sealed = new Uint8Array(seal(this.key, secret, aboutOf(userId)));
    const written = await tx.$executeRaw`
      INSERT INTO authenticator AS held (user_id, secret) VALUES (${userId}::uuid, ${sealed})
      ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret, last_step = 0
        WHERE held.confirmed_at IS NULL`;
    return written === 1;
  }

  /** Uses a code up, by the database's clock; a code of a step that was used is refused. */
  async useCode(tx: Tx, userId: string, code: string): Promise<boolean> {
    const [row] = await tx.$queryRaw<{ secret: Uint8Array; now: number }[]>`
      SELECT secret, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
        FROM authenticator WHERE user_id = ${userId}::uuid`;
    const step = row && stepOf(unseal(this.key, row.secret, aboutOf(userId)), code, row.now);
    if (!step) return false;
    const used = await tx.$executeRaw`
      UPDATE authenticator SET last_step = ${step}::int
       WHERE user_id = ${userId}::uuid AND last_step < ${step}::int`;
    return used === 1;
  }

  /** @returns false where there is none, or none that is not confirmed */
  async confirm(tx: Tx, userId: string): Promise<boolean> {
    const confirmed = await tx.$executeRaw`
      UPDATE authenticator SET confirmed_at = clock_timestamp()
       WHERE user_id = ${userId}::uuid AND confirmed_at IS NULL`;
    return confirmed === 1;
  }

  async remove(tx: Tx, userId: string): Promise<void> {
    await tx.authenticator.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
  }

  /** Other codes in place of those before; only their hashes are kept. */
  async renewRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, hash: hashOf(code) })) });
    return codes;
  }

  async useRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
    const { count } = await tx.recoveryCode.deleteMany({ where: { userId, hash: hashOf(code) } });
    return count === 1;
  }

  recoveryCodesLeft(tx: Tx, userId: string): Promise<number> {
    return tx.recoveryCode.count({ where: { userId } });
  }
}
