import { Injectable, type Provider } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { type EventConsumer, Inbox, OutboxRepository, type OutboxRow, Receiver } from '@orion/messaging';
import { Tally } from './tally';

/** The relay's view of the outbox as it is; what is marked as published is counted. */
@Injectable()
class WatchedOutbox extends OutboxRepository {
  constructor(
    database: Database,
    private readonly tally: Tally,
  ) {
    super(database);
  }

  override async waiting(limit: number, except: readonly string[]): Promise<OutboxRow[]> {
    this.tally.started();
    return super.waiting(limit, except);
  }

  override async markPublished(ids: string[], token: bigint): Promise<number> {
    const marked = await super.markPublished(ids, token);
    this.tally.passed(ids);
    return marked;
  }
}

/** The receiver as it is; each event whose effect is committed is counted. */
@Injectable()
class WatchedReceiver extends Receiver {
  constructor(
    inbox: Inbox,
    log: Log,
    private readonly tally: Tally,
  ) {
    super(inbox, log);
  }

  protected override async receive(
    consumer: EventConsumer,
    event: EventEnvelope,
    stop: AbortSignal,
  ): Promise<void> {
    this.tally.started();
    await super.receive(consumer, event, stop);
    this.tally.inOrder(event.subject, event.sequence);
    this.tally.passed([event.id]);
  }
}

const COUNTED = new Map<string, Map<unknown, Provider>>([
  ['producer', new Map([[OutboxRepository, { provide: OutboxRepository, useClass: WatchedOutbox }]])],
  ['consumer', new Map([[Receiver, { provide: Receiver, useClass: WatchedReceiver }]])],
]);

/** The platform's own providers, with those that a service's figures come from counting what they do. */
export const counting = (service: string, providers: readonly Provider[]): Provider[] =>
  providers.map((it) => COUNTED.get(service)?.get(it) ?? it);
