import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client';

/** What an organization asks of its members; nothing until it says otherwise. */
@Injectable()
export class SignInPolicyRepository {
  /** In the organization of the transaction. */
  async secondFactorRequired(tx: Prisma.TransactionClient, organizationId: string): Promise<boolean> {
    const found = await tx.signInPolicy.findUnique({ where: { organizationId } });
    return found?.secondFactorRequired ?? false;
  }

  async set(
    tx: Prisma.TransactionClient,
    organizationId: string,
    secondFactorRequired: boolean,
  ): Promise<void> {
    await tx.signInPolicy.upsert({
      where: { organizationId },
      create: { organizationId, secondFactorRequired },
      update: { secondFactorRequired },
    });
  }
}
