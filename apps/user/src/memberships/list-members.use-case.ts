import { Injectable } from '@nestjs/common';
import type { In, listMembers, listUsers, Out } from '@orion/contracts';
import { pageOf } from '@orion/database';
import type { Prisma } from '../generated/prisma/client';
import { toMember, toOrganizationMember } from './member';
import { memberPosition, positionOf } from './member-position.query';
import { MembershipRepository } from './membership.repository';

type Tx = Prisma.TransactionClient;

@Injectable()
export class ListMembers {
  constructor(private readonly memberships: MembershipRepository) {}

  /** Active members, the newest first. */
  async run(
    tx: Tx,
    organizationId: string,
    query: In<typeof listMembers>['query'],
  ): Promise<Out<typeof listMembers>> {
    const which = { active: true, after: memberPosition(query.cursor) };
    const rows = await this.memberships.page(tx, organizationId, query.limit + 1, which);
    return pageOf(rows, query, positionOf, toMember);
  }

  /** Suspended ones too. */
  async all(
    tx: Tx,
    organizationId: string,
    query: In<typeof listUsers>['query'],
  ): Promise<Out<typeof listUsers>> {
    const { state, search } = query;
    const which = {
      ...(state ? { active: state === 'ACTIVE' } : {}),
      ...(search ? { search } : {}),
      after: memberPosition(query.cursor),
    };
    const rows = await this.memberships.page(tx, organizationId, query.limit + 1, which);
    return pageOf(rows, query, positionOf, toOrganizationMember);
  }
}
