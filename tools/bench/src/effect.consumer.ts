import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database, type StatementTx } from '@orion/database';
import type { GroupConsumer } from '@orion/messaging';
import { CONSUMER, readingTaken } from './task';

const WRITE = {
  name: 'effect_insert',
  text: `INSERT INTO effect (id, organization_id, event_id)
         SELECT event_id, $1, event_id FROM unnest($2::uuid[]) AS event_id`,
};

@Injectable()
export class EffectConsumer implements GroupConsumer {
  readonly name = CONSUMER;
  readonly events = [readingTaken];

  constructor(private readonly database: Database) {}

  handleTogether(tx: StatementTx, organizationId: string, events: readonly EventEnvelope[]): Promise<void> {
    this.database.atCommit(tx, WRITE, [organizationId, events.map((it) => it.id)], WRITE.name);
    return Promise.resolve();
  }
}
