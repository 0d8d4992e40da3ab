import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

export interface Subject {
  organizationId: string;
  issuer: string;
  subject: string;
}

/** Who the subjects of an organization's provider are. */
@Injectable()
export class ExternalIdentityRepository {
  async userOf(tx: Tx, { organizationId, issuer, subject }: Subject): Promise<string | null> {
    const found = await tx.externalIdentity.findUnique({
      where: { organizationId_issuer_subject: { organizationId, issuer, subject } },
    });
    return found?.userId ?? null;
  }

  async keep(tx: Tx, it: Subject, userId: string): Promise<void> {
    await tx.externalIdentity.createMany({ data: [{ ...it, userId }], skipDuplicates: true });
  }
}
