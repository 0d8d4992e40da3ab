import { Injectable } from '@nestjs/common';
import {
  type EventData,
  type EventEnvelope,
  organizationChanged,
  organizationErased,
} from '@orion/contracts';
import type { EventConsumer } from '@orion/messaging';
import type { Prisma } from '../generated/prisma/client';
import { OrganizationStateRepository } from './organization-state.repository';

/** Closes deleted organizations to all but their owner, opens restored ones, and forgets erased ones. */
@Injectable()
export class OrganizationConsumer implements EventConsumer {
  readonly name = 'auth.organizations';
  readonly events = [organizationChanged, organizationErased];

  constructor(private readonly states: OrganizationStateRepository) {}

  async handle(tx: Prisma.TransactionClient, event: EventEnvelope): Promise<void> {
    if (event.type === organizationErased.type) return this.states.erase(tx, event.organizationid);
    const { organizationId, ownerId, eraseAt } = event.data as EventData<typeof organizationChanged>;
    await this.states.keep(tx, {
      organizationId,
      ownerId,
      closed: eraseAt !== null,
      sequence: event.sequence,
    });
  }
}
