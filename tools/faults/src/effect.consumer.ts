import { Inject, Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import type { EventConsumer } from '@orion/messaging';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Prisma } from './generated/prisma/client';
import { thingHappened, type Task } from './task';
import { TASK } from './task.provider';

@Injectable()
export class EffectConsumer implements EventConsumer {
  readonly name = 'consumer.effects';
  readonly events = [thingHappened];

  constructor(@Inject(TASK) private readonly task: Task) {}

  async handle(tx: Prisma.TransactionClient, event: EventEnvelope): Promise<void> {
    if (this.task.unbearable.includes(event.subject)) {
      process.send?.({ tried: event.subject });
      throw new Error('this event cannot be borne');
    }
    if (this.task.slowMs) {
      process.send?.({ begun: event.id, at: Date.now() });
      await sleep(this.task.slowMs);
    }
    const { organizationid: organizationId, id: eventId, subject, sequence } = event;
    await tx.effect.create({ data: { organizationId, eventId, subject, sequence } });
  }
}
