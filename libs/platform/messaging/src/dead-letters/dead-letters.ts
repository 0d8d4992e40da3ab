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

  /** @throws BusinessRuleException NOT_FOUND */
  async replay(id: string): Promise<void> {
    const { consumer, body, eventId, eventType } = await this.read(id);
    await this.publishing((publisher, to) =>
      publisher.publish('', to.consumerQueue(consumer), body, {
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
   */
  async replayPublished(consumer: string, types: string[], from: Date, to: Date): Promise<number> {
    const rows = await this.outbox.published(from, to, types);
    await this.publishing(async (publisher, at) => {
      for (const row of rows) {
        const body = withSequence(row.envelope, Number(row.sequence));
        const properties = { ...REPLAY, messageId: row.id, type: row.type };
        await publisher.publish('', at.consumerQueue(consumer), body, properties);
      }
    });
    return rows.length;
  }

  private async publishing<T>(
    work: (publisher: Publisher, to: ReturnType<typeof names>) => Promise<T>,
  ): Promise<T> {
    const { url, namespace } = this.options;
    const assert = (channel: Channel) => assertExchanges(channel, namespace);
    const publisher = await Publisher.open(url, `${namespace} replay`, assert).catch(() => {
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'The message broker cannot be reached');
    });
    try {
      return await work(publisher, names(namespace));
    } finally {
      await publisher.close();
    }
  }
}
