import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import type { Revocation, RevocationSource } from '@orion/security';
import type { Prisma, PrismaClient } from '../generated/prisma/client';

/** Wakes whoever tells Redis. */
export const REVOCATIONS_CHANNEL = 'auth_revocations';

/** The truth about what makes access tokens worthless before their end; auth itself verifies by it. */
@Injectable()
export class RevocationRepository implements RevocationSource {
  constructor(private readonly database: Database<PrismaClient>) {}

  async add(tx: Prisma.TransactionClient, revoked: readonly Omit<Revocation, 'at'>[]): Promise<void> {
    if (revoked.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO revocation (key, digest)
      SELECT * FROM unnest(${revoked.map((it) => it.key)}::text[], ${revoked.map((it) => it.digest)}::text[])
       ORDER BY 1
      ON CONFLICT (key) DO UPDATE SET digest = EXCLUDED.digest, at = EXCLUDED.at`;
    await this.database.notify(tx, REVOCATIONS_CHANNEL);
  }

  async since(at: number): Promise<Revocation[]> {
    const rows = await this.database.global((tx) =>
      tx.revocation.findMany({ where: { at: { gte: new Date(at) } }, orderBy: { at: 'asc' } }),
    );
    return rows.map((it) => ({ ...it, at: it.at.getTime() }));
  }
}
