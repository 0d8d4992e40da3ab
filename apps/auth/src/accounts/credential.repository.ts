import { Injectable } from '@nestjs/common';
import type { Credential, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;
export type Reservation = Pick<
  Credential,
  'userId' | 'email' | 'passwordHash' | 'name' | 'organizationName' | 'language'
>;
export type KnownCredential = Reservation & Pick<Credential, 'state' | 'emailVerifiedAt'>;

@Injectable()
export class CredentialRepository {
  /** By e-mail, whatever its case. */
  async byEmail(tx: Tx, email: string): Promise<KnownCredential | null> {
    const [found] = await tx.$queryRaw<KnownCredential[]>`
      SELECT user_id AS "userId", email, password_hash AS "passwordHash", name, language,
             organization_name AS "organizationName", state::text AS state, email_verified_at AS "emailVerifiedAt"
        FROM credential WHERE lower(email) = lower(${email})`;
    return found ?? null;
  }

  byId(tx: Tx, userId: string): Promise<KnownCredential | null> {
    return tx.credential.findUnique({ where: { userId } });
  }

  /** @returns false where the e-mail is taken */
  async reserve(tx: Tx, reservation: Reservation): Promise<boolean> {
    const { count } = await tx.credential.createMany({ data: [reservation], skipDuplicates: true });
    return count === 1;
  }

  /** @returns false where the account was active already */
  async activate(tx: Tx, userId: string, now: Date): Promise<boolean> {
    const { count } = await tx.credential.updateMany({
      where: { userId, state: 'PENDING' },
      data: { state: 'ACTIVE', activatedAt: now },
    });
    return count === 1;
  }

  /** Keeps the person's row from being changed by others until the transaction ends. */
  async lock(tx: Tx, userId: string): Promise<void> {
    await tx.$queryRaw`SELECT 1 FROM credential WHERE user_id = ${userId}::uuid FOR NO KEY UPDATE`;
  }

  async setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
    await tx.credential.updateMany({ where: { userId }, data: { passwordHash } });
  }

  /** @returns false where the account has another address by now */
  async verified(tx: Tx, userId: string, email: string): Promise<boolean> {
    const changed = await tx.$executeRaw`
      UPDATE credential SET email_verified_at = coalesce(email_verified_at, clock_timestamp())
       WHERE user_id = ${userId}::uuid AND lower(email) = lower(${email})`;
    return changed === 1;
  }

  /** @returns false where another account has the address */
  async setEmail(tx: Tx, userId: string, email: string): Promise<boolean> {
    const changed = await tx.$executeRaw`
      UPDATE credential SET email = ${email}, email_verified_at = clock_timestamp()
       WHERE user_id = ${userId}::uuid
         AND NOT EXISTS (SELECT FROM credential WHERE lower(email) = lower(${email}) AND user_id <> ${userId}::uuid)`;
    return changed === 1;
  }

  async setPerson(tx: Tx, userId: string, person: { name: string; language: string }): Promise<void> {
    await tx.credential.updateMany({ where: { userId }, data: person });
  }
}
