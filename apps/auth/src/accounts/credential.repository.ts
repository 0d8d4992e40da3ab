import { Injectable } from '@nestjs/common';
import type { Credential, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;
export type Reservation = Pick<Credential, 'userId' | 'email' | 'passwordHash' | 'name' | 'organizationName'>;
export type KnownCredential = Reservation & Pick<Credential, 'state'>;

@Injectable()
export class CredentialRepository {
  /** By e-mail, whatever its case. */
  async byEmail(tx: Tx, email: string): Promise<KnownCredential | null> {
    const [found] = await tx.$queryRaw<KnownCredential[]>`
      SELECT user_id AS "userId", email, password_hash AS "passwordHash", name,
             organization_name AS "organizationName", state::text AS state
        FROM credential WHERE lower(email) = lower(${email})`;
    return found ?? null;
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
}
