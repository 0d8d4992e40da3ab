import { event, type EventEnvelope } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EventConsumer } from '../../src';
import type { PrismaClient } from '../generated/prisma/client';

export const happened = event({
  type: 'orion.scheduling.probe.happened.v1',
  summary: 'Something happened',
  data: z.object({ text: z.string() }),
});

export const ignored = event({
  type: 'orion.scheduling.probe.ignored.v1',
  summary: 'Something nobody hears of',
  data: z.object({ text: z.string() }),
});

/** Events of one organization, each the first of an aggregate of its own unless `more` says otherwise. */
export const envelopeOf =
  (organizationid: string) =>
  (text: unknown, more: Partial<EventEnvelope> = {}): EventEnvelope => ({
    specversion: '1.0',
    id: randomUUID(),
    source: '/orion/scheduling',
    type: happened.type,
    time: new Date().toISOString(),
    subject: randomUUID(),
    datacontenttype: 'application/json',
    organizationid,
    correlationid: 'correlated-2',
    sequence: 1,
    data: { text },
    ...more,
  });

/** Remembers each effect as a row; what its text says may make it fail. */
export class Recorder implements EventConsumer {
  readonly name: string = 'scheduling.recorder';
  readonly events = [happened];
  tries = 0;
  started: Promise<void> = Promise.resolve();
  gate: Promise<void> = Promise.resolve();

  async handle(
    tx: PrismaClient,
    { id, organizationid, subject, sequence, data }: EventEnvelope,
  ): Promise<void> {
    const { text } = data as { text: string };
    this.tries++;
    if (text === 'poison') throw new Error('the handler throws');
    await this.gate;
    await tx.effect.create({
      data: { organizationId: organizationid, consumer: this.name, eventId: id, subject, sequence, text },
    });
  }
}

export class SecondRecorder extends Recorder {
  override readonly name = 'scheduling.second-recorder';
}
