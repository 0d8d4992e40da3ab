import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Prisma } from '../generated/prisma/client';
import type { ApiKeyRow } from './api-key';

type Tx = Prisma.TransactionClient;

export interface NewApiKeyRow {
  id: string;
  organizationId: string;
  userId: string | null;
  name: string;
  scopes: string[];
  prefix: string;
  createdBy: string;
  days: number;
}

/** What a key that works opens, as read in one statement. */
export interface OpenedKey {
  id: string;
  userId: string | null;
  scopes: string[];
  secretId: string;
  secondsLeft: number;
  /** Of the owner; null where the key is the organization's. */
  roles: string[] | null;
}

export type Owner = 'organization' | { userId: string };

const ROW = Prisma.sql`
  SELECT k.id, k.organization_id AS "organizationId", k.user_id AS "userId", k.name, k.scopes, k.prefix, k.generation,
         k.created_by AS "createdBy", k.created_at AS "createdAt", k.expires_at AS "expiresAt",
         k.expires_at <= clock_timestamp() AS expired, k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt",
         (k.user_id IS NULL OR m.id IS NOT NULL) AS owned,
         coalesce((
           SELECT json_agg(json_build_object('generation', s.generation, 'prefix', s.prefix, 'until', s.expires_at)
                           ORDER BY s.generation DESC)
             FROM api_key_secret s
            WHERE s.organization_id = k.organization_id AND s.api_key_id = k.id AND s.generation < k.generation
              AND s.expires_at > clock_timestamp()), '[]') AS previous
    FROM api_key k
    LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.user_id = k.user_id AND m.active`;

const ownedBy = (owner: Owner): Prisma.Sql =>
  owner === 'organization' ? Prisma.sql`k.user_id IS NULL` : Prisma.sql`k.user_id = ${owner.userId}::uuid`;

const bytes = (hash: string) => new Uint8Array(Buffer.from(hash, 'base64url'));

/** Keys of the transaction's organization. All times are the database's. */
@Injectable()
export class ApiKeyRepository {
  /** Newest first. @param which all of them if left out; `members`: those of any person */
  page(
    tx: Tx,
    organizationId: string,
    take: number,
    { before, owner }: { before: string | undefined; owner: Owner | 'members' | undefined },
  ): Promise<ApiKeyRow[]> {
    const older = before ? Prisma.sql`AND k.id < ${before}::uuid` : Prisma.empty;
    const own =
      owner === undefined
        ? Prisma.empty
        : owner === 'members'
          ? Prisma.sql`AND k.user_id IS NOT NULL`
          : Prisma.sql`AND ${ownedBy(owner)}`;
    return tx.$queryRaw<ApiKeyRow[]>`
      ${ROW} WHERE k.organization_id = ${organizationId}::uuid ${older} ${own} ORDER BY k.id DESC LIMIT ${take}`;
  }

  /** Lets one change of the key through at a time, until the transaction ends. */
  async lock(tx: Tx, organizationId: string, id: string): Promise<ApiKeyRow | null> {
    const [row] = await tx.$queryRaw<ApiKeyRow[]>`
      ${ROW} WHERE k.organization_id = ${organizationId}::uuid AND k.id = ${id}::uuid FOR UPDATE OF k`;
    return row ?? null;
  }

  /** Waits for whoever else creates a key of the same owner; answers how many work. */
  async countAlone(tx: Tx, organizationId: string, owner: Owner): Promise<number> {
    const name = `api-key ${organizationId} ${owner === 'organization' ? '' : owner.userId}`;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM api_key k
       WHERE k.organization_id = ${organizationId}::uuid AND ${ownedBy(owner)}
         AND k.revoked_at IS NULL AND k.expires_at > clock_timestamp()`;
    return row?.count ?? 0;
  }

  async add(tx: Tx, it: NewApiKeyRow): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO api_key (id, organization_id, user_id, name, scopes, prefix, created_by, expires_at)
      VALUES (${it.id}::uuid, ${it.organizationId}::uuid, ${it.userId}::uuid, ${it.name}, ${it.scopes}::text[],
              ${it.prefix}, ${it.createdBy}::uuid, clock_timestamp() + ${it.days}::int * interval '1 day')`;
  }

  /** Gives the key the secret of its present generation, for as long as the key lives. */
  async addSecret(tx: Tx, organizationId: string, id: string, hash: string): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO api_key_secret (id, hash, organization_id, api_key_id, generation, prefix, expires_at)
      SELECT ${uuid()}::uuid, ${bytes(hash)}, organization_id, id, generation, prefix, expires_at FROM api_key
       WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  }

  /** The next generation; the secret before works on for some hours, never longer than the key. */
  async advance(tx: Tx, { organizationId, id, generation }: ApiKeyRow, prefix: string, hours: number) {
    await tx.$executeRaw`
      UPDATE api_key_secret SET expires_at = least(expires_at, clock_timestamp() + ${hours}::int * interval '1 hour')
       WHERE organization_id = ${organizationId}::uuid AND api_key_id = ${id}::uuid AND generation = ${generation}`;
    await tx.apiKey.updateMany({
      where: { organizationId, id },
      data: { prefix, generation: generation + 1 },
    });
  }

  /** @returns ids of the secrets that are gone: those of this generation and before */
  async removeSecrets(
    tx: Tx,
    { organizationId, id }: Pick<ApiKeyRow, 'organizationId' | 'id'>,
    upTo: number,
  ): Promise<string[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      DELETE FROM api_key_secret
       WHERE organization_id = ${organizationId}::uuid AND api_key_id = ${id}::uuid AND generation <= ${upTo}
      RETURNING id`;
    return rows.map((it) => it.id);
  }

  async revoke(tx: Tx, { organizationId, id }: Pick<ApiKeyRow, 'organizationId' | 'id'>): Promise<void> {
    await tx.$executeRaw`
      UPDATE api_key SET revoked_at = clock_timestamp()
       WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  }

  /** Of a person, those not revoked; locked in one order. */
  livingOf(tx: Tx, organizationId: string, userId: string): Promise<ApiKeyRow[]> {
    return tx.$queryRaw<ApiKeyRow[]>`
      ${ROW} WHERE k.organization_id = ${organizationId}::uuid AND k.user_id = ${userId}::uuid AND k.revoked_at IS NULL
       ORDER BY k.id FOR UPDATE OF k`;
  }

  /** One statement whatever the answer is, so that its time tells nothing. */
  async open(tx: Tx, organizationId: string, hash: string): Promise<OpenedKey | null> {
    const [row] = await tx.$queryRaw<OpenedKey[]>`
      SELECT k.id, k.user_id AS "userId", k.scopes, s.id AS "secretId", m.roles,
             floor(extract(epoch FROM s.expires_at - clock_timestamp()))::int AS "secondsLeft"
        FROM api_key_secret s
        JOIN api_key k ON k.organization_id = s.organization_id AND k.id = s.api_key_id
        LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.user_id = k.user_id AND m.active
        LEFT JOIN organization_state o ON o.organization_id = k.organization_id
       WHERE s.hash = ${bytes(hash)} AND s.organization_id = ${organizationId}::uuid
         AND s.expires_at > clock_timestamp() AND k.revoked_at IS NULL
         AND (k.user_id IS NULL OR m.id IS NOT NULL)
         AND (o.closed IS NOT TRUE OR o.owner_id = k.user_id)`;
    return row ?? null;
  }

  /** At most one write a minute, whoever uses the key and however often. */
  async noteUse(tx: Tx, organizationId: string, id: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE api_key SET last_used_at = clock_timestamp()
       WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
         AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')`;
  }
}
