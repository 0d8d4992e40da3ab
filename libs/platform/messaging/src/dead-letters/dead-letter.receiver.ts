import { Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import type { ConsumeMessage } from 'amqplib';
import { Alarm, workLoop } from '@orion/database';
import type { Subscriber } from '../consume/event-consumer';
import { readEvent } from '../consume/read-event';
import { Refusal } from '../consume/receiver';
import { type DeadLetter, DeadLetterRepository } from './dead-letter.repository';

const RETRY_MS = 2_000;

/** What the sender called the message, where it said so. */
const named = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;

/** Reads why a message became a dead letter. */
export function describe(message: ConsumeMessage, consumers: readonly Subscriber[]): DeadLetter {
  const { fields, properties, content } = message;
  const consumer = consumers.find((it) => it.name === fields.routingKey);
  const reading = readEvent(content, consumer ?? { events: [] }, new Date());
  const refused =
    'refused' in reading ? reading : { refused: 'failed', detail: 'its handler failed every time' };
  return {
    consumer: fields.routingKey,
    eventId: named(properties.messageId),
    eventType: named(properties.type),
    reason: refused.refused,
    detail: refused.detail.slice(0, 2_000),
    headers: JSON.stringify(properties.headers ?? {}),
    body: content,
  };
}

/** Keeps dead letters in the database, where they can be listed, read and replayed. */
@Injectable()
export class DeadLetterReceiver {
  constructor(
    private readonly repository: DeadLetterRepository,
    private readonly log: Log,
  ) {}

  /** Waits for the database as long as it takes. @throws Refusal when stopped before */
  async receive(message: ConsumeMessage, consumers: readonly Subscriber[], stop: AbortSignal): Promise<void> {
    const letter = describe(message, consumers);
    const stored = new AbortController();
    const failed = (error: unknown) => this.log.error('dead_letter_failed', { error });
    const once = async () => {
      await this.repository.keep(letter);
      stored.abort();
      return false;
    };
    await workLoop(
      { everyMs: RETRY_MS, alarm: new Alarm(), failed },
      once,
      AbortSignal.any([stop, stored.signal]),
    );
    if (!stored.signal.aborted) throw new Refusal(true);
    const { consumer, eventId, eventType, reason, detail } = letter;
    this.log.error('dead_letter_stored', { consumer, eventId, eventType, reason, detail });
  }
}
