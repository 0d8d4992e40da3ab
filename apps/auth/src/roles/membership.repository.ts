import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '@orion/database';
import { actAs, actingAs } from '../acting-user.setting';
import type { Membership, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

const OF_USER: Statement = {
  name: 'memberships_of_user',
  text: `
  SELECT m.id, m.organization_id AS "organizationId", m.user_id AS "userId", m.roles, m.active,
         m.joined_at AS "joinedAt", m.sequence
    FROM membership m LEFT JOIN organization_state s ON s.organization_id = m.organization_id
   WHERE m.user_id = $1::uuid AND m.active
     AND (s.closed IS NOT TRUE OR s.owner_id = m.user_id)
   ORDER BY m.joined_at, m.id`,
};

/** The copy of who holds which role; `user` owns the original. */
@Injectable()
export class MembershipRepository {
  constructor(private readonly database: Database) {}

  /** Writes the state unless one with the same or a higher sequence is held. */
  async keep(tx: Tx, it: Membership): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO membership AS held (id, organization_id, user_id, roles, active, joined_at, sequence)
      VALUES (${it.id}::uuid, ${it.organizationId}::uuid, ${it.userId}::uuid, ${it.roles}::text[], ${it.active},
              ${it.joinedAt}::timestamptz, ${it.sequence}::int)
      ON CONFLICT (id) DO UPDATE
        SET roles = EXCLUDED.roles, active = EXCLUDED.active, joined_at = EXCLUDED.joined_at,
            sequence = EXCLUDED.sequence
        WHERE held.sequence < EXCLUDED.sequence`;
  }

  /** In every organization that is open to the person, the oldest first. */
  async ofUser(tx: Tx, userId: string): Promise<Membership[]> {
    await actAs(tx, userId);
    return (await this.database.statement<Membership>(tx, OF_USER, [userId])).rows;
  }

  /** As `ofUser`, in a transaction of its own. */
  held(userId: string): Promise<Membership[]> {
    return this.database.only<Membership>(OF_USER, [userId], actingAs(userId));
  }

  /** In the transaction's organization; null where it is closed to the person. */
  async find(tx: Tx, organizationId: string, userId: string): Promise<Membership | null> {
    const found = await tx.membership.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
    });
    if (!found?.active) return null;
    const state = await tx.organizationState.findUnique({ where: { organizationId } });
    return state?.closed && state.ownerId !== userId ? null : found;
  }

  /** Active members who hold the role, those who joined first first. */
  holders(
    tx: Tx,
    organizationId: string,
    roleId: string,
  ): Promise<{ userId: string; email: string | null; roles: string[] }[]> {
    return tx.$queryRaw`
      SELECT m.user_id AS "userId", c.email, m.roles
        FROM membership m LEFT JOIN credential c ON c.user_id = m.user_id
       WHERE m.organization_id = ${organizationId}::uuid AND m.active AND ${roleId} = ANY (m.roles)
       ORDER BY m.joined_at, m.id`;
  }
}
