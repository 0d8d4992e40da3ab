import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client';
import type { InvitationRow } from './invitation';

type Tx = Prisma.TransactionClient;
type Hash = Uint8Array<ArrayBuffer>;

/** Days a link can be used. */
export const INVITATION_DAYS = 7;

export interface NewInvitation {
  id: string;
  organizationId: string;
  email: string;
  roles: string[];
  language: string;
  invitedBy: string;
  tokenHash: Hash;
}

const ROW = Prisma.sql`
  id, email, roles, language, invited_by AS "invitedBy", created_at AS "createdAt", sent_at AS "sentAt",
  sent_count AS "sentCount", expires_at AS "expiresAt", accepted_at AS "acceptedAt", accepted_by AS "acceptedBy",
  revoked_at AS "revokedAt", expires_at <= now() AS expired`;

const STATES = {
  PENDING: Prisma.sql`accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()`,
  EXPIRED: Prisma.sql`accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= now()`,
  ACCEPTED: Prisma.sql`accepted_at IS NOT NULL`,
  REVOKED: Prisma.sql`revoked_at IS NOT NULL`,
};

/** Expiry is by the database's clock throughout. */
@Injectable()
export class InvitationRepository {
  page(
    tx: Tx,
    organizationId: string,
    take: number,
    which: { before?: string | undefined; state?: keyof typeof STATES | undefined },
  ): Promise<InvitationRow[]> {
    const before = which.before ? Prisma.sql`AND id < ${which.before}::uuid` : Prisma.empty;
    const state = which.state ? Prisma.sql`AND ${STATES[which.state]}` : Prisma.empty;
    return tx.$queryRaw<InvitationRow[]>`
      SELECT ${ROW} FROM invitation WHERE organization_id = ${organizationId}::uuid ${before} ${state}
       ORDER BY id DESC LIMIT ${take}`;
  }

  /** Locks the row, so that an invitation is accepted, sent again or taken back by one at a time. */
  async lock(tx: Tx, organizationId: string, id: string): Promise<InvitationRow | null> {
    const [row] = await tx.$queryRaw<InvitationRow[]>`
      SELECT ${ROW} FROM invitation WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    return row ?? null;
  }

  /** As `lock`, by the hash of the token. */
  async lockByHash(tx: Tx, organizationId: string, hash: Hash): Promise<InvitationRow | null> {
    const [row] = await tx.$queryRaw<InvitationRow[]>`
      SELECT ${ROW} FROM invitation
       WHERE organization_id = ${organizationId}::uuid AND token_hash = ${hash} FOR UPDATE`;
    return row ?? null;
  }

  /** @returns null where an invitation of the address is open; one that has expired makes way */
  async add(tx: Tx, it: NewInvitation): Promise<InvitationRow | null> {
    await tx.$executeRaw`
      UPDATE invitation SET revoked_at = now()
       WHERE organization_id = ${it.organizationId}::uuid AND email_key = lower(${it.email}) AND ${STATES.EXPIRED}`;
    const [row] = await tx.$queryRaw<InvitationRow[]>`
      INSERT INTO invitation (id, organization_id, email, roles, language, invited_by, token_hash, expires_at)
      VALUES (${it.id}::uuid, ${it.organizationId}::uuid, ${it.email}, ${it.roles}::text[], ${it.language},
              ${it.invitedBy}::uuid, ${it.tokenHash}, now() + ${INVITATION_DAYS}::int * interval '1 day')
      ON CONFLICT DO NOTHING RETURNING ${ROW}`;
    return row ?? null;
  }

  /** Another token, for as long again. */
  async renew(tx: Tx, id: string, hash: Hash): Promise<InvitationRow | undefined> {
    const [row] = await tx.$queryRaw<InvitationRow[]>`
      UPDATE invitation
         SET token_hash = ${hash}, sent_at = now(), sent_count = sent_count + 1,
             expires_at = now() + ${INVITATION_DAYS}::int * interval '1 day'
       WHERE id = ${id}::uuid RETURNING ${ROW}`;
    return row;
  }

  async accept(tx: Tx, id: string, userId: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE invitation SET accepted_at = now(), accepted_by = ${userId}::uuid WHERE id = ${id}::uuid`;
  }

  async revoke(tx: Tx, id: string): Promise<void> {
    await tx.$executeRaw`UPDATE invitation SET revoked_at = now() WHERE id = ${id}::uuid`;
  }
}
