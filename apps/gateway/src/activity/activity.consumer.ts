import { Injectable } from '@nestjs/common';
import { type EventContract, type EventEnvelope, EVENTS } from '@orion/contracts';
import type { StatementTx } from '@orion/database';
import type { GroupConsumer } from '@orion/messaging';
import { ActivityRepository } from './activity.repository';

/** Tells every event in the feed of its organization but those about one person's account or for the audit log alone. */
@Injectable()
export class ActivityConsumer implements GroupConsumer {
  readonly name = 'gateway.activity';
  readonly events: readonly EventContract[] = EVENTS.filter((it) => !it.personal && !it.audit);

  constructor(private readonly activities: ActivityRepository) {}

  handleTogether(tx: StatementTx, organizationId: string, events: readonly EventEnvelope[]): Promise<void> {
    return this.activities.append(tx, organizationId, events);
  }
}
