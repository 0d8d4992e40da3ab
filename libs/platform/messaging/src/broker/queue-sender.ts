import { Inject, Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Channel } from 'amqplib';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { names } from './names';
import { Publisher } from './publisher';
import { isMissing } from './queues';
import { assertExchanges } from './topology';

/** What was sent before goes to one consumer, past the exchange. */
export const REPLAY = { headers: { replay: true }, contentType: 'application/cloudevents+json' };

/** Sends to the queue of one consumer of any service. */
@Injectable()
export class QueueSender {
  constructor(@Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions) {}

  /**
   * The broker confirms what it throws away for want of a queue, so the queue is looked for first.
   * @throws BusinessRuleException NOT_FOUND where the consumer has no queue, UPSTREAM_UNAVAILABLE without a broker
   */
  async sending<T>(consumer: string, work: (publisher: Publisher, queue: string) => Promise<T>): Promise<T> {
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
