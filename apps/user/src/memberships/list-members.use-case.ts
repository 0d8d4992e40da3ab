import { Injectable } from '@nestjs/common';
import type { In, listMembers, Out } from '@orion/contracts';
import { decodeCursor, encodeCursor } from '@orion/database';
import { FieldProblems } from '@orion/problem';
import { validate } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { toMember } from './member';
import { MembershipRepository } from './membership.repository';

@Injectable()
export class ListMembers {
  constructor(private readonly memberships: MembershipRepository) {}

  /** Newest member first. */
  async run(
    tx: Prisma.TransactionClient,
    organizationId: string,
    query: In<typeof listMembers>['query'],
  ): Promise<Out<typeof listMembers>> {
    const after = query.cursor === undefined ? undefined : position(query.cursor);
    const rows = await this.memberships.page(tx, organizationId, query.limit + 1, after);
    const items = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? items.at(-1) : undefined;
    return {
      items: items.map(toMember),
      nextCursor: last ? encodeCursor([last.joinedAt.getTime(), last.id]) : null,
    };
  }
}

function position(cursor: string): { joinedAt: Date; id: string } {
  const [time, id] = decodeCursor(cursor, 2);
  const joinedAt = new Date(Number(time));
  if (Number.isNaN(joinedAt.getTime()) || !validate(id)) {
    throw new FieldProblems([{ field: 'cursor', reason: 'is not a cursor of this list' }]);
  }
  return { joinedAt, id: String(id) };
}
