import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '@orion/database';
import type { Credential, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;
export type Reservation = Pick<
  Credential,
  'userId' | 'email' | 'passwordHash' | 'name' | 'organizationName' | 'language'
>;
export type KnownCredential = Reservation & Pick<Credential, 'state' | 'emailVerifiedAt'>;

const KNOWN = `
  SELECT user_id AS "userId", email, password_hash AS "passwordHash", name, language,
         organization_name AS "organizationName", state::text AS state, email_verified_at AS "emailVerifiedAt"
    FROM credential`;
const BY_EMAIL: Statement = { name: 'credential_by_email', text: `${KNOWN} WHERE lower(email) = lower($1)` };
const BY_ID: Statement = { name: 'credential_by_id', text: `${KNOWN} WHERE user_id = $1::uuid` };

@Injectable()
export class CredentialRepository {
  constructor(private readonly database: Database) {}

  /** By e-mail, whatever its case. */
  async byEmail(tx: object, email: string): Promise<KnownCredential | null> {
    const { rows } = await this.database.statement<KnownCredential>(tx, BY_EMAIL, [email]);
    return rows[0] ?? null;
  }

  /** As `byEmail`, in a transaction of its own. */
  async find(email: string): Promise<KnownCredential | null> {
    const [found] = await this.database.only<KnownCredential>(BY_EMAIL, [email]);
    return found ?? null;
  }

  async byId(tx: object, userId: string): Promise<KnownCredential | null> {
    const { rows } = await this.database.statement<KnownCredential>(tx, BY_ID, [userId]);
    return rows[0] ?? null;
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
