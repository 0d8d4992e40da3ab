import { Inject, Injectable } from '@nestjs/common';
import { type EventEnvelope, organizationErased } from '@orion/contracts';
import { Database, ERASURE_CHANNEL } from '@orion/database';
import type { EventConsumer } from '../consume/event-consumer';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';

const ASK = {
  name: 'erasure_insert',
  text: 'INSERT INTO platform.erasure (organization_id) VALUES ($1::uuid) ON CONFLICT DO NOTHING',
};

/** Has everything removed that the service keeps of an erased organization; the job `erasure` does it. */
@Injectable()
export class ErasureConsumer implements EventConsumer {
  readonly name: string;
  readonly events = [organizationErased];

  constructor(
    @Inject(MESSAGING_OPTIONS) { service }: MessagingOptions,
    private readonly database: Database,
  ) {
    this.name = `${service}.erasure`;
  }

  async handle(tx: object, { organizationid }: EventEnvelope): Promise<void> {
    await this.database.statement(tx, ASK, [organizationid]);
    await this.database.notify(tx, ERASURE_CHANNEL);
  }
}
