import { Injectable } from '@nestjs/common';
import { type EventContract, type EventEnvelope, EVENTS } from '@orion/contracts';
import type { TxOf } from '@orion/database';
import type { EventConsumer } from '@orion/messaging';
import type { PrismaClient } from '../generated/prisma/client';
import { ActivityRepository } from './activity.repository';

/** Tells every event of the platform in the feed of its organization. */
@Injectable()
export class ActivityConsumer implements EventConsumer {
  readonly name = 'gateway.activity';
  readonly events: readonly EventContract[] = EVENTS;

  constructor(private readonly activities: ActivityRepository) {}

  handle(tx: TxOf<PrismaClient>, event: EventEnvelope): Promise<void> {
    return this.activities.append(tx, event);
  }
}
