import { Injectable } from '@nestjs/common';
import { actAs } from '../acting-user.setting';
import type { Membership, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

/** The copy of who holds which role; `user` owns the original. */
@Injectable()
export class MembershipRepository {
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

  /** In every organization, the oldest first. */
  async ofUser(tx: Tx, userId: string): Promise<Membership[]> {
    await actAs(tx, userId);
    return tx.membership.findMany({
      where: { userId, active: true },
      orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
    });
  }

  /** In the transaction's organization. */
  async find(tx: Tx, organizationId: string, userId: string): Promise<Membership | null> {
    const found = await tx.membership.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
    });
    return found?.active ? found : null;
  }

  /** Active members who hold the role, those who joined first first. */
  holders(
    tx: Tx,
    organizationId: string,
    roleId: string,
  ): Promise<{ userId: string; email: string | null }[]> {
    return tx.$queryRaw`
      SELECT m.user_id AS "userId", c.email
        FROM membership m LEFT JOIN credential c ON c.user_id = m.user_id
       WHERE m.organization_id = ${organizationId}::uuid AND m.active AND ${roleId} = ANY (m.roles)
       ORDER BY m.joined_at, m.id`;
  }
}
