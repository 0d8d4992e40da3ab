import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import { QueueSender, REPLAY } from '../broker/queue-sender';
import { Replayer } from '../refill/replayer';
import { type DeadLetterEntry, DeadLetterRepository, type StoredDeadLetter } from './dead-letter.repository';

/** For the platform admin: dead letters are listed, read and sent again to the one consumer that missed them. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly repository: DeadLetterRepository,
    private readonly sender: QueueSender,
    private readonly replayer: Replayer,
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
    await this.sender.sending(consumer, (publisher, queue) =>
      publisher.publish('', queue, body, {
        ...REPLAY,
        ...(eventId === null ? {} : { messageId: eventId }),
        ...(eventType === null ? {} : { type: eventType }),
      }),
    );
    await this.repository.markReplayed(id);
  }

  /**
   * Sends this service's events of that time again to one consumer of any service, page by page. Their ids are the
   * same, so what the consumer has seen takes no effect.
   * @returns how many were sent
   * @throws BusinessRuleException NOT_FOUND where the consumer has no queue
   */
  replayPublished(consumer: string, types: string[], from: Date, to: Date): Promise<number> {
    return this.replayer.all({ consumer, types, since: from.toISOString(), until: to.toISOString() });
  }
}
