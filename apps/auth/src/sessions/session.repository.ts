import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { actAs } from '../acting-user.setting';
import type { Prisma, Session } from '../generated/prisma/client';
import { type Family, type Life, LIVES, type Presented, tokenEnd } from './refresh';

type Tx = Prisma.TransactionClient;
type Hash = Uint8Array<ArrayBuffer>;

export interface FoundToken {
  sessionId: string;
  userId: string;
  token: Presented;
  family: Family;
  life: Life;
  vouchedBy: string | null;
  /** What it began with, where that is a passkey that is still there. */
  passkeyId: string | null;
  /** Null in one's own session. */
  impersonatorId: string | null;
  impersonatorSessionId: string | null;
  /** By the database's clock, so that instances with different clocks agree. */
  now: Date;
}

interface Row extends Family {
  sessionId: string;
  userId: string;
  life: Life;
  vouchedBy: string | null;
  passkeyId: string | null;
  impersonatorId: string | null;
  impersonatorSessionId: string | null;
  now: Date;
  tokenGeneration: number;
  tokenExpiresAt: Date;
}

/** Where a session was signed in. */
export interface Device {
  userAgent: string;
  address: string;
}

export interface NewSession extends Device {
  organizationId: string;
  userId: string;
  life: Life;
  /** Issuer of the organization's provider, where that proved who it is. */
  vouchedBy?: string;
  passkeyId?: string | null;
  impersonatorId?: string;
  impersonatorSessionId?: string;
}

export type OwnSession = Omit<
  Session,
  | 'generation'
  | 'endReason'
  | 'endedAt'
  | 'userId'
  | 'life'
  | 'vouchedBy'
  | 'passkeyId'
  | 'impersonatorSessionId'
>;

@Injectable()
export class SessionRepository {
  async open(tx: Tx, session: NewSession, hash: Hash): Promise<{ sessionId: string; expiresAt: Date }> {
    const { organizationId, life } = session;
    const now = await clock(tx);
    const id = uuid();
    const expiresAt = new Date(now.getTime() + LIVES[life].wholeMs);
    await tx.session.createMany({ data: [{ ...session, id, createdAt: now, rotatedAt: now, expiresAt }] });
    await this.addToken(tx, organizationId, id, 1, hash, tokenEnd(now, expiresAt, life));
    return { sessionId: id, expiresAt };
  }

  /** Locks a session that has not ended, until the transaction ends. @returns whether there is one */
  async lockLive(tx: Tx, organizationId: string, id: string): Promise<boolean> {
    const rows = await tx.$queryRaw<object[]>`
      SELECT id FROM session
       WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND ended_at IS NULL
         AND expires_at > clock_timestamp()
         FOR NO KEY UPDATE`;
    return rows.length === 1;
  }

  /** Locks the family, so that its refreshes come one after another; what is read of it is the state after the wait. */
  async byToken(tx: Tx, organizationId: string, hash: Hash): Promise<FoundToken | null> {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT s.id AS "sessionId", s.user_id AS "userId", s.life, s.vouched_by AS "vouchedBy",
             s.passkey_id AS "passkeyId", s.impersonator_id AS "impersonatorId",
             s.impersonator_session_id AS "impersonatorSessionId", s.generation, s.rotated_at AS "rotatedAt",
             s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
             t.generation AS "tokenGeneration", t.expires_at AS "tokenExpiresAt"
        FROM refresh_token t
        JOIN session s ON s.organization_id = t.organization_id AND s.id = t.session_id
       WHERE t.hash = ${hash} AND t.organization_id = ${organizationId}::uuid
         FOR NO KEY UPDATE OF s`;
    if (!row) return null;
    const { generation, rotatedAt, expiresAt, endedAt, tokenGeneration, tokenExpiresAt, ...session } = row;
    const token = { generation: tokenGeneration, expiresAt: tokenExpiresAt };
    const family = { generation, rotatedAt, expiresAt, endedAt };
    return { ...session, token, family, now: await clock(tx) };
  }

  async rotate(
    tx: Tx,
    organizationId: string,
    { sessionId, family, life, now }: FoundToken,
    hash: Hash,
  ): Promise<void> {
    const generation = family.generation + 1;
    await tx.session.updateMany({ where: { id: sessionId }, data: { generation, rotatedAt: now } });
    const end = tokenEnd(now, family.expiresAt, life);
    await this.addToken(tx, organizationId, sessionId, generation, hash, end);
  }

  /** Of one person in every organization, those that have not ended, newest first. @param before an id */
  async ofUser(tx: Tx, userId: string, take: number, before?: string): Promise<OwnSession[]> {
    await actAs(tx, userId);
    return tx.$queryRaw<OwnSession[]>`
      SELECT id, organization_id AS "organizationId", created_at AS "createdAt", rotated_at AS "rotatedAt",
             expires_at AS "expiresAt", user_agent AS "userAgent", address, impersonator_id AS "impersonatorId"
        FROM session
       WHERE user_id = ${userId}::uuid AND ended_at IS NULL AND expires_at > clock_timestamp()
         AND (${before ?? null}::uuid IS NULL OR id < ${before ?? null}::uuid)
       ORDER BY id DESC LIMIT ${take}`;
  }

  /** User agents of the person's latest sessions in every organization, each once. */
  async recentAgents(tx: Tx, userId: string): Promise<string[]> {
    await actAs(tx, userId);
    const rows = await tx.$queryRaw<{ agent: string }[]>`
      SELECT DISTINCT user_agent AS agent
        FROM (SELECT user_agent FROM session WHERE user_id = ${userId}::uuid AND impersonator_id IS NULL
               ORDER BY id DESC LIMIT 200) latest`;
    return rows.map((it) => it.agent);
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
