import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '@orion/database';
import { v7 as uuid } from 'uuid';
import { actAs } from '../acting-user.setting';
import { demandOf, type FactorDemand } from '../factors/sign-in-policy.repository';
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

/** What is known of somebody who signs in. */
export interface Before extends FactorDemand {
  /** By the database's clock. */
  now: Date;
  /** User agents of the person's latest sessions in every organization, each once. */
  agents: string[];
}

const BEFORE: Statement = {
  name: 'before_session',
  text: `
  SELECT clock_timestamp()::timestamptz(3) AS now, ARRAY(
    SELECT DISTINCT user_agent
      FROM (SELECT user_agent FROM session WHERE user_id = $1::uuid AND impersonator_id IS NULL
             ORDER BY id DESC LIMIT 200) latest) AS agents,
    ${demandOf('$2::uuid', '$1::uuid')}`,
};

const OPEN: Statement = {
  name: 'session_open',
  text: `
  WITH opened AS (
    INSERT INTO session (id, organization_id, user_id, life, user_agent, address, created_at, rotated_at, expires_at,
                         vouched_by, passkey_id, impersonator_id, impersonator_session_id)
    VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::timestamptz, $7::timestamptz, $8::timestamptz,
            $11, $12::uuid, $13::uuid, $14::uuid))
  INSERT INTO refresh_token (hash, organization_id, session_id, generation, expires_at)
  VALUES ($9::bytea, $2::uuid, $1::uuid, 1, $10::timestamptz)`,
};

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** In a transaction of the organization that acts as the user. */
  async before(tx: object, organizationId: string, userId: string): Promise<Before> {
    const { rows } = await this.database.statement<Before>(tx, BEFORE, [userId, organizationId]);
    if (!rows[0]) throw new Error('the database tells no time');
    return rows[0];
  }

  /** Written together with the commit. */
  open(tx: object, session: NewSession, hash: Hash, now: Date): { sessionId: string; expiresAt: Date } {
    const { organizationId, userId, life, userAgent, address } = session;
    const { vouchedBy, passkeyId, impersonatorId, impersonatorSessionId } = session;
    const id = uuid();
    const expiresAt = new Date(now.getTime() + LIVES[life].wholeMs);
    const whose = [id, organizationId, userId, life, userAgent, address];
    const how = [vouchedBy, passkeyId, impersonatorId, impersonatorSessionId].map((it) => it ?? null);
    const token = [hash, tokenEnd(now, expiresAt, life)];
    this.database.atCommit(tx, OPEN, [...whose, now, expiresAt, ...token, ...how], id);
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

/** By the clock of the database. */
export async function clock(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS now`;
  if (!row) throw new Error('the database tells no time');
  return row.now;
}
