import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database, type RawTx } from '@orion/database';

const REMEMBER = `
  INSERT INTO platform.inbox (consumer, event_id, organization_id) VALUES ($1, $2::uuid, $3::uuid)
  ON CONFLICT DO NOTHING`;

/** One effect for each consumer and event, however often the event is delivered. */
@Injectable()
export class Inbox {
  constructor(private readonly database: Database) {}

  /** Runs `effect` in a transaction together with the memory of it; false for an event seen before. */
  once(consumer: string, event: EventEnvelope, effect: (tx: unknown) => Promise<void>): Promise<boolean> {
    return this.database.tenant(event.organizationid, async (tx: RawTx) => {
      const fresh = await tx.$executeRawUnsafe(REMEMBER, consumer, event.id, event.organizationid);
      if (fresh === 0) return false;
      await effect(tx);
      return true;
    });
  }
}
