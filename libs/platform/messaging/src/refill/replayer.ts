import { Injectable } from '@nestjs/common';
import { replayEvents } from '@orion/contracts';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { z } from 'zod';
import type { Publisher } from '../broker/publisher';
import { QueueSender, REPLAY } from '../broker/queue-sender';
import { dispatch } from '../outbox/dispatch';
import { withSequence } from '../outbox/envelope';
import { OutboxRepository, type OutboxRow } from '../outbox/outbox.repository';
import { idWindow } from './id-window';

type Contract = ReturnType<typeof replayEvents>;
export type ReplayAsk = z.output<Contract['ask']>;
export type ReplayPage = z.output<Contract['answer']>;

/** Sends what this service's outbox still has once more to one consumer. */
@Injectable()
export class Replayer {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly sender: QueueSender,
    private readonly log: Log,
  ) {}

  /** @throws BusinessRuleException NOT_FOUND without a queue, UPSTREAM_UNAVAILABLE where not all was confirmed */
  page(ask: ReplayAsk): Promise<ReplayPage> {
    return this.sender.sending(ask.consumer, (publisher, queue) => this.send(publisher, queue, ask));
  }

  /** Page by page, however many there are. @returns how many were sent @throws as `page` */
  all(ask: Omit<ReplayAsk, 'after'>): Promise<number> {
    return this.sender.sending(ask.consumer, async (publisher, queue) => {
      let sent = 0;
      for (let after: string | null = null; ;) {
        const page: ReplayPage = await this.send(publisher, queue, { ...ask, after });
        sent += page.sent;
        if (!page.more) return sent;
        after = page.last;
      }
    });
  }

  /** Rows of one aggregate in the order of their sequence, as far as they are of one page. */
  private async send(publisher: Publisher, queue: string, ask: ReplayAsk): Promise<ReplayPage> {
    const { after, upTo } = idWindow(new Date(ask.since), new Date(ask.until));
    const { rows, last, more } = await this.outbox.page(ask.types, { after: ask.after ?? after, upTo });
    const failed = (row: OutboxRow, error: unknown) =>
      this.log.debug('event_replay_failed', { eventId: row.id, error });
    const publish = (row: OutboxRow) =>
      publisher.publish('', queue, withSequence(row.envelope, Number(row.sequence)), {
        ...REPLAY,
        messageId: row.id,
        type: row.type,
      });
    const confirmed = await dispatch(rows, publish, failed);
    if (confirmed.length < rows.length)
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'The message broker did not take all events');
    return { sent: rows.length, last, more };
  }
}
