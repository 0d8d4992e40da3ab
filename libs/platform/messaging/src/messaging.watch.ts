import { Inject, Injectable } from '@nestjs/common';
import { type PeriodicJob } from '@orion/database';
import { Log } from '@orion/logger';
import { connect } from 'amqplib';
import { names } from './broker/names';
import { withHeartbeat } from './broker/publisher';
import { DeadLetterRepository } from './dead-letters/dead-letter.repository';
import { showFigures } from './messaging.metrics';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging.options';
import { OutboxRepository } from './outbox/outbox.repository';
import { RefillRepository } from './refill/refill.repository';

/** Shows the state of outbox, dead letters and unroutable events to the metrics, and raises the alert. */
@Injectable()
export class MessagingWatch implements PeriodicJob {
  readonly name = 'messaging-watch';
  readonly everyMs = 10_000;
  private unroutable = 0;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly outbox: OutboxRepository,
    private readonly deadLetters: DeadLetterRepository,
    private readonly refills: RefillRepository,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const { rows: backlog, oldestSeconds } = await this.outbox.backlog();
    const deadLetters = await this.deadLetters.waiting();
    const refills = await this.refills.open();
    const unroutable = await this.countUnroutable().catch(() => this.unroutable);
    if (unroutable > this.unroutable) this.log.error('event_route_missing', { unroutable });
    this.unroutable = unroutable;
    showFigures(this.options.service, { backlog, oldestSeconds, deadLetters, unroutable, refills });
    return false;
  }

  private async countUnroutable(): Promise<number> {
    const connection = await connect(withHeartbeat(this.options.url), { timeout: 5_000 });
    connection.on('error', () => undefined);
    try {
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      return (await channel.checkQueue(names(this.options.namespace).unroutable)).messageCount;
    } finally {
      await connection.close().catch(() => undefined);
    }
  }
}
