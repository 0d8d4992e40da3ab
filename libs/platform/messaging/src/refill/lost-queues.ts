import { Inject, Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import type { ChannelModel } from 'amqplib';
import { names } from '../broker/names';
import { existing } from '../broker/queues';
import type { Subscriber } from '../consume/event-consumer';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { RefillRepository } from './refill.repository';

/** Notices queues that were there before and are not any more: what was in them has to be sent again. */
@Injectable()
export class LostQueues {
  private readonly remembered = new Set<string>();

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly refills: RefillRepository,
    private readonly log: Log,
  ) {}

  /**
   * Before the queues are made again. What is owed is written down first: whoever ends in between looks again.
   * @throws Error where the broker or, for a queue that is missing, the database does not answer
   */
  async notice(connection: ChannelModel, consumers: readonly Subscriber[]): Promise<void> {
    const queueOf = names(this.options.namespace).consumerQueue;
    const there = await existing(
      connection,
      consumers.map((it) => queueOf(it.name)),
    );
    for (const consumer of consumers) {
      if (there.has(queueOf(consumer.name))) await this.remember(consumer);
      else await this.owe(consumer);
    }
  }

  private async owe(consumer: Subscriber): Promise<void> {
    const producers = await this.refills.owe(consumer);
    if (producers.length > 0) this.log.error('consumer_queue_lost', { consumer: consumer.name, producers });
  }

  /** Tried again at the next look where the database is away: consumers need it anyway. */
  private async remember(consumer: Subscriber): Promise<void> {
    if (this.remembered.has(consumer.name)) return;
    try {
      await this.refills.remember(consumer);
      this.remembered.add(consumer.name);
    } catch (error) {
      this.log.debug('queue_remember_failed', { consumer: consumer.name, error });
    }
  }
}
