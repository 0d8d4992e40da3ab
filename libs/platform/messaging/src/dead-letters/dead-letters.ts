import { Inject, Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Channel } from 'amqplib';
import { names } from '../broker/names';
import { Publisher } from '../broker/publisher';
import { assertExchanges } from '../broker/topology';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { withSequence } from '../outbox/envelope';
import { OutboxRepository } from '../outbox/outbox.repository';
import { type DeadLetterEntry, DeadLetterRepository, type StoredDeadLetter } from './dead-letter.repository';

const REPLAY = { headers: { replay: true }, contentType: 'application/cloudevents+json' };

const NO_QUEUE = 404;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && (error as Error & { code?: unknown }).code === NO_QUEUE;

/** For the platform admin: dead letters are listed, read and sent again to the one consumer that missed them. */
@Injectable()
export class DeadLetters {
  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly repository: DeadLetterRepository,
    private readonly outbox: OutboxRepository,
  ) {}

  /** Newest first; `after` is the id of the last one of the page before. */
  list(limit: number, after?: string): Promise<DeadLetterEntry[]> {
    return this.repository.list(limit, after);
  }

  /** @throws BusinessRuleException NOT_FOUND */
  async read(id: string): Promise<StoredDeadLetter> {
    const letter = await this.repository.find(id);
    if (!letter) throw new BusinessRuleException('NOT_FOUND');
    return letter;
  }

  /** @throws BusinessRuleException NOT_FOUND, also where the letter's consumer has no queue any more */
  async replay(id: string): Promise<void> {
    const { consumer, body, eventId, eventType } = await this.read(id);
    await this.publishing(consumer, (publisher, queue) =>
      publisher.publish('', queue, body, {
        ...REPLAY,
        ...(eventId === null ? {} : { messageId: eventId }),
        ...(eventType === null ? {} : { type: eventType }),
      }),
    );
    await this.repository.markReplayed(id);
  }

  /**
   * Sends this service's published events again to one consumer of any service, such as one whose queue was
   * lost. Their ids are the same, so what the consumer has seen takes no effect.
   * @returns how many were sent
   * @throws BusinessRuleException NOT_FOUND where the consumer has no queue
   */
  async replayPublished(consumer: string, types: string[], from: Date, to: Date): Promise<number> {
    const rows = await this.outbox.published(from, to, types);
    await this.publishing(consumer, async (publisher, queue) => {
      for (const row of rows) {
        const body = withSequence(row.envelope, Number(row.sequence));
        const properties = { ...REPLAY, messageId: row.id, type: row.type };
        await publisher.publish('', queue, body, properties);
      }
    });
    return rows.length;
  }

  /** The broker confirms what it throws away for want of a queue, so the queue is looked for first. */
  private async publishing<T>(
    consumer: string,
    work: (publisher: Publisher, queue: string) => Promise<T>,
  ): Promise<T> {
    const { url, namespace } = this.options;
    const queue = names(namespace).consumerQueue(consumer);
    const assert = async (channel: Channel) => {
      await assertExchanges(channel, namespace);
      await channel.checkQueue(queue);
    };
    const publisher = await Publisher.open(url, `${namespace} replay`, assert).catch((error: unknown) => {
      throw isMissing(error)
        ? new BusinessRuleException('NOT_FOUND', `No consumer "${consumer}" has a queue`)
        : new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'The message broker cannot be reached');
    });
    try {
      return await work(publisher, queue);
    } finally {
      await publisher.close();
    }
  }
}
