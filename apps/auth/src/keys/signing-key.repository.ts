import { Injectable } from '@nestjs/common';
import type { Prisma, SigningKey } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;
export type NewSigningKey = Pick<SigningKey, 'id' | 'modulus' | 'exponent' | 'privateKey'>;
export type PublicKey = Pick<SigningKey, 'id' | 'modulus' | 'exponent'>;

@Injectable()
export class SigningKeyRepository {
  active(tx: Tx): Promise<SigningKey | null> {
    return tx.signingKey.findFirst({ where: { active: true } });
  }

  /** The partial unique index lets one of several callers through; the others do nothing. */
  async add(tx: Tx, key: NewSigningKey): Promise<void> {
    await tx.signingKey.createMany({ data: [key], skipDuplicates: true });
  }

  /** @returns false where another instance retired it first */
  async retire(tx: Tx, id: string, now: Date): Promise<boolean> {
    const { count } = await tx.signingKey.updateMany({
      where: { id, active: true },
      data: { active: false, retiredAt: now },
    });
    return count === 1;
  }

  published(tx: Tx, since: Date): Promise<PublicKey[]> {
    return tx.signingKey.findMany({
      where: { OR: [{ active: true }, { retiredAt: { gte: since } }] },
      select: { id: true, modulus: true, exponent: true },
      orderBy: { createdAt: 'desc' },
    });
  }
}
