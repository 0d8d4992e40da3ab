import { Injectable } from '@nestjs/common';
import { type EventOf, membershipChanged } from '@orion/contracts';
import { type EventConsumer } from '@orion/messaging';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from './membership.repository';

@Injectable()
export class MembershipConsumer implements EventConsumer {
  readonly name = 'auth.memberships';
  readonly events = [membershipChanged];

  constructor(private readonly memberships: MembershipRepository) {}

  async handle(tx: Prisma.TransactionClient, event: EventOf<typeof membershipChanged>): Promise<void> {
    const { membershipId, organizationId, userId, roles, active, joinedAt } = event.data;
    await this.memberships.keep(tx, {
      id: membershipId,
      organizationId,
      userId,
      roles,
      active,
      joinedAt: new Date(joinedAt),
      sequence: event.sequence,
    });
  }
}
