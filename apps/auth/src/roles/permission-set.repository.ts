import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { permissionDigest, type PermissionSource } from '@orion/security';
import type { Prisma, PrismaClient } from '../generated/prisma/client';

/** What the digests in tokens stand for. A digest never gets another meaning, so written ones are remembered. */
@Injectable()
export class PermissionSetRepository implements PermissionSource {
  private readonly written = new Set<string>();

  constructor(private readonly database: Database<PrismaClient>) {}

  async find(digest: string): Promise<string[] | null> {
    const found = await this.database.global((tx) => tx.permissionSet.findUnique({ where: { digest } }));
    return found?.permissions ?? null;
  }

  /** @returns the digest under which the set can be found once the transaction has committed */
  async keep(tx: Prisma.TransactionClient, permissions: string[]): Promise<string> {
    const digest = permissionDigest(permissions);
    if (!this.written.has(digest)) {
      await tx.permissionSet.createMany({ data: [{ digest, permissions }], skipDuplicates: true });
    }
    return digest;
  }

  /** Whether the digest can be found already. */
  isWritten(digest: string): boolean {
    return this.written.has(digest);
  }

  /** To be called after the commit of the transaction that kept the set. */
  remember(digest: string): void {
    this.written.add(digest);
  }
}
