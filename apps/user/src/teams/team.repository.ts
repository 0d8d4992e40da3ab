import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

const BELONGING = { membership: { active: true } } as const;
const COUNTED = { _count: { select: { members: { where: BELONGING } } } } as const;
const PERSON = { membership: { select: { person: { select: { name: true, email: true } } } } } as const;

export type TeamRow = Prisma.TeamGetPayload<{ include: typeof COUNTED }>;
export type TeamMemberRow = Prisma.TeamMemberGetPayload<{ include: typeof PERSON }>;

@Injectable()
export class TeamRepository {
  page(tx: Tx, organizationId: string, take: number, before?: string): Promise<TeamRow[]> {
    return tx.team.findMany({
      where: { organizationId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take,
      include: COUNTED,
    });
  }

  find(tx: Tx, organizationId: string, id: string): Promise<TeamRow | null> {
    return tx.team.findUnique({
      where: { organizationId_id: { organizationId, id } },
      include: COUNTED,
    });
  }

  /** Lets one change of the team through at a time, until the transaction ends. */
  async lock(tx: Tx, organizationId: string, id: string): Promise<TeamRow | null> {
    await tx.$queryRaw`
      SELECT id FROM team WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
    return this.find(tx, organizationId, id);
  }

  /** @returns null where another team bears the name */
  async add(
    tx: Tx,
    organizationId: string,
    team: { name: string; description: string },
  ): Promise<TeamRow | null> {
    const id = uuid();
    const data = [{ id, organizationId, ...team }];
    const { count } = await tx.team.createMany({ data, skipDuplicates: true });
    return count === 1 ? this.find(tx, organizationId, id) : null;
  }

  async isNamed(tx: Tx, organizationId: string, name: string, exceptId: string): Promise<boolean> {
    const found = await tx.$queryRaw<object[]>`
      SELECT id FROM team
       WHERE organization_id = ${organizationId}::uuid AND name_key = lower(${name}) AND id <> ${exceptId}::uuid`;
    return found.length > 0;
  }

  async change(
    tx: Tx,
    organizationId: string,
    id: string,
    data: { name: string; description: string },
  ): Promise<void> {
    await tx.team.updateMany({ where: { organizationId, id }, data });
  }

  async remove(tx: Tx, organizationId: string, id: string): Promise<void> {
    await tx.team.deleteMany({ where: { organizationId, id } });
  }

  /** Those who belong to the team, by user id. */
  members(tx: Tx, organizationId: string, teamId: string, take?: number, after?: string) {
    return tx.teamMember.findMany({
      where: {
        organizationId,
        teamId,
        ...BELONGING,
        ...(after === undefined ? {} : { userId: { gt: after } }),
      },
      orderBy: { userId: 'asc' },
      ...(take === undefined ? {} : { take }),
      include: PERSON,
    });
  }

  async join(tx: Tx, organizationId: string, teamId: string, userId: string): Promise<boolean> {
    const data = [{ organizationId, teamId, userId }];
    const { count } = await tx.teamMember.createMany({ data, skipDuplicates: true });
    return count === 1;
  }

  async part(tx: Tx, organizationId: string, teamId: string, userId: string): Promise<boolean> {
    const { count } = await tx.teamMember.deleteMany({ where: { organizationId, teamId, userId } });
    return count === 1;
  }
}
