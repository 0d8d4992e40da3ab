import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import type { EventConsumer } from '@orion/messaging';
import type { Prisma } from './generated/prisma/client';
import { CONSUMER, readingTaken } from './task';

@Injectable()
export class EffectConsumer implements EventConsumer {
  readonly name = CONSUMER;
  readonly events = [readingTaken];

  async handle(tx: Prisma.TransactionClient, event: EventEnvelope): Promise<void> {
    await tx.effect.create({ data: { organizationId: event.organizationid, eventId: event.id } });
  }
}
