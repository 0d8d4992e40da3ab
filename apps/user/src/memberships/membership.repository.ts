import { Injectable } from '@nestjs/common';
import { changeOf, membershipChanged, userRecordChanged } from '@orion/contracts';
import { Outbox, recordFact } from '@orion/messaging';
import type { Membership, Prisma } from '../generated/prisma/client';
import { belongs } from './member';
import type { MemberPosition } from './member-position.query';

type Tx = Prisma.TransactionClient;
export type MemberRow = Membership & { person: { email: string; name: string } };

interface Which {
  /** True: active ones; false: suspended ones; left out: both. */
  active?: boolean;
  /** Part of the name or the e-mail, in any case. */
  search?: string;
  /** The last one of the page before. */
  after?: MemberPosition | undefined;
}

const SUSPENDED = { active: false, suspendedAt: { not: null } };
const person = { select: { email: true, name: true } } as const;

const fieldsOf = ({ userId, roles, active, suspendedAt }: Omit<Membership, 'sequence'>) => ({
  userId,
  roles,
  active,
  suspended: suspendedAt !== null,
});

@Injectable()
export class MembershipRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Writes the whole state and publishes it; the row keeps the sequence of the event that carries it.
   * @param former what the person was before, if they were a member ever
   */
  async save(
    tx: Tx,
    email: string,
    state: Omit<Membership, 'sequence'>,
    former: Membership | null,
    actorId?: string,
  ): Promise<Membership> {
    const { id, organizationId, userId, roles, active, joinedAt, suspendedAt } = state;
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
        ...(suspendedAt ? { suspended: true } : {}),
      },
      change: changeOf(former && fieldsOf(former), fieldsOf(state)),
      ...(actorId === undefined ? {} : { actorId }),
    });
    return tx.membership.upsert({
      where: { id },
      create: { ...state, sequence },
      update: { roles, active, joinedAt, suspendedAt, sequence },
    });
  }

  /** Changes what a member may do, and tells it. */
  async change(
    tx: Tx,
    { person, sequence, ...state }: MemberRow,
    changes: Partial<Pick<Membership, 'roles' | 'active' | 'suspendedAt'>>,
  ): Promise<MemberRow> {
    const changed = await this.save(tx, person.email, { ...state, ...changes }, { ...state, sequence });
    if (!belongs(changed)) await this.leaveNothing(tx, changed);
    return { ...changed, person };
  }

  find(tx: Tx, organizationId: string, userId: string): Promise<MemberRow | null> {
    return tx.membership.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
      include: { person },
    });
  }

  /** Newest first. */
  page(tx: Tx, organizationId: string, limit: number, which: Which): Promise<MemberRow[]> {
    const { active, search, after } = which;
    const contains = { contains: search ?? '', mode: 'insensitive' } as const;
    return tx.membership.findMany({
      where: {
        organizationId,
        AND: [
          active === undefined ? { OR: [{ active: true }, SUSPENDED] } : active ? { active } : SUSPENDED,
          after
            ? {
                joinedAt: { lte: after.joinedAt },
                OR: [{ joinedAt: { lt: after.joinedAt } }, { id: { lt: after.id } }],
              }
            : {},
          search === undefined ? {} : { person: { OR: [{ name: contains }, { email: contains }] } },
        ],
      },
      orderBy: [{ joinedAt: 'desc' }, { id: 'desc' }],
      take: limit,
      include: { person },
    });
  }

  async entitle(tx: Tx, { id, organizationId, title: before }: MemberRow, title: string): Promise<void> {
    await tx.membership.updateMany({ where: { organizationId, id }, data: { title } });
    const record = { kind: 'membership', id, action: 'entitled' };
    const change = changeOf({ title: before }, { title });
    await this.outbox.publish(tx, userRecordChanged, recordFact(organizationId, record, change));
  }

  otherAdmins(tx: Tx, organizationId: string, userId: string): Promise<number> {
    return tx.membership.count({
      where: { organizationId, active: true, roles: { has: 'admin' }, userId: { not: userId } },
    });
  }

  /** Who has left is in no team, and nobody comes in by an invitation of theirs. */
  private async leaveNothing(tx: Tx, { organizationId, userId }: Membership): Promise<void> {
    await tx.teamMember.deleteMany({ where: { organizationId, userId } });
    await tx.$executeRaw`
      UPDATE invitation SET revoked_at = now()
       WHERE organization_id = ${organizationId}::uuid AND invited_by = ${userId}::uuid
         AND accepted_at IS NULL AND revoked_at IS NULL`;
  }
}
