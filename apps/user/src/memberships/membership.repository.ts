import { Injectable } from '@nestjs/common';
import { membershipChanged } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import type { Membership, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;
export type MemberRow = Membership & { person: { email: string; name: string } };

const person = { select: { email: true, name: true } } as const;

@Injectable()
export class MembershipRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Writes the whole state and publishes it; the row keeps the sequence of the event that carries it. */
  async save(tx: Tx, email: string, state: Omit<Membership, 'sequence'>): Promise<Membership> {
    const { id, organizationId, userId, roles, active, joinedAt } = state;
    const { sequence } = await this.outbox.publishNumbered(tx, membershipChanged, {
      organizationId,
      subject: id,
      data: {
        membershipId: id,
        organizationId,
        userId,
        email,
        roles,
        active,
        joinedAt: joinedAt.toISOString(),
      },
    });
    return tx.membership.upsert({
      where: { id },
      create: { ...state, sequence },
      update: { roles, active, joinedAt, sequence },
    });
  }

  find(tx: Tx, organizationId: string, userId: string): Promise<MemberRow | null> {
    return tx.membership.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
      include: { person },
    });
  }

  /** Newest first; `after` is the last row of the page before. */
  page(
    tx: Tx,
    organizationId: string,
    limit: number,
    after?: { joinedAt: Date; id: string },
  ): Promise<MemberRow[]> {
    return tx.membership.findMany({
      where: {
        organizationId,
        active: true,
        ...(after && {
          joinedAt: { lte: after.joinedAt },
          OR: [{ joinedAt: { lt: after.joinedAt } }, { id: { lt: after.id } }],
        }),
      },
      orderBy: [{ joinedAt: 'desc' }, { id: 'desc' }],
      take: limit,
      include: { person },
    });
  }

  otherAdmins(tx: Tx, organizationId: string, userId: string): Promise<number> {
    return tx.membership.count({
      where: { organizationId, active: true, roles: { has: 'admin' }, userId: { not: userId } },
    });
  }
}
