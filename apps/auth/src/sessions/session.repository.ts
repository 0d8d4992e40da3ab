import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { type Family, type Presented, SESSION_MS, tokenEnd } from './refresh';

type Tx = Prisma.TransactionClient;
type Hash = Uint8Array<ArrayBuffer>;

export interface FoundToken {
  sessionId: string;
  userId: string;
  token: Presented;
  family: Family;
  /** By the database's clock, so that instances with different clocks agree. */
  now: Date;
}

interface Row extends Family {
  sessionId: string;
  userId: string;
  now: Date;
  tokenGeneration: number;
  tokenExpiresAt: Date;
}

export type EndReason = 'logout' | 'reuse' | 'membership';

@Injectable()
export class SessionRepository {
  async open(tx: Tx, organizationId: string, userId: string, hash: Hash): Promise<string> {
    const now = await clock(tx);
    const id = uuid();
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await tx.session.createMany({
      data: [{ id, organizationId, userId, createdAt: now, rotatedAt: now, expiresAt }],
    });
    await this.addToken(tx, organizationId, id, 1, hash, tokenEnd(now, expiresAt));
    return id;
  }

  /** Locks the family, so that its refreshes come one after another; what is read of it is the state after the wait. */
  async byToken(tx: Tx, organizationId: string, hash: Hash): Promise<FoundToken | null> {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT s.id AS "sessionId", s.user_id AS "userId", s.generation, s.rotated_at AS "rotatedAt",
             s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
             t.generation AS "tokenGeneration", t.expires_at AS "tokenExpiresAt"
        FROM refresh_token t
        JOIN session s ON s.organization_id = t.organization_id AND s.id = t.session_id
       WHERE t.hash = ${hash} AND t.organization_id = ${organizationId}::uuid
         FOR NO KEY UPDATE OF s`;
    if (!row) return null;
    const { sessionId, userId, tokenGeneration, tokenExpiresAt, ...family } = row;
    const token = { generation: tokenGeneration, expiresAt: tokenExpiresAt };
    return { sessionId, userId, token, family, now: await clock(tx) };
  }

  async rotate(
    tx: Tx,
    organizationId: string,
    { sessionId, family, now }: FoundToken,
    hash: Hash,
  ): Promise<void> {
    const generation = family.generation + 1;
    await tx.session.updateMany({ where: { id: sessionId }, data: { generation, rotatedAt: now } });
    await this.addToken(tx, organizationId, sessionId, generation, hash, tokenEnd(now, family.expiresAt));
  }

  async end(tx: Tx, { sessionId, now }: FoundToken, endReason: EndReason): Promise<void> {
    await tx.session.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: now, endReason },
    });
  }

  private async addToken(
    tx: Tx,
    organizationId: string,
    sessionId: string,
    generation: number,
    hash: Hash,
    expiresAt: Date,
  ): Promise<void> {
    await tx.refreshToken.createMany({ data: [{ hash, organizationId, sessionId, generation, expiresAt }] });
  }
}

async function clock(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS now`;
  if (!row) throw new Error('the database tells no time');
  return row.now;
}
