import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Log, runInContext } from '@orion/logger';
import type { ConsumeMessage } from 'amqplib';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyConsumer } from './event-consumer';
import { Inbox } from './inbox';
import { Lanes } from './lanes';
import { isOutage } from './outage';
import { readEvent } from './read-event';

/** What becomes of a delivery that took no effect. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly requeue: boolean) {
    super(requeue ? 'to be delivered again' : 'a dead letter');
  }
}

/** A message whose handler fails this often becomes a dead letter: the first try and its repeats. */
export const MAX_TRIES = 5;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

const pauseAfter = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 3 ** (failures - 1), LONGEST_PAUSE_MS);

/** Turns a delivery into its effect. */
@Injectable()
export class Receiver {
  constructor(
    private readonly inbox: Inbox,
    private readonly log: Log,
  ) {}

  /** For one consumer: events of one aggregate take effect in the order they are delivered. */
  for(consumer: AnyConsumer, stop: AbortSignal): (message: ConsumeMessage) => Promise<void> {
    const lanes = new Lanes();
    return (message) => {
      const reading = readEvent(message.content, consumer, new Date());
      if ('event' in reading) {
        const { event } = reading;
        return lanes.run(event.subject, () => this.receive(consumer, event, stop));
      }
      this.log.error('event_receive_refused', {
        consumer: consumer.name,
        reason: reading.refused,
        detail: reading.detail,
      });
      return Promise.reject(new Refusal(false));
    };
  }

  /**
   * Resolves once the effect is committed; the broker hears of it only then. Repeats here rather than by
   * redelivery: later events of the aggregate wait meanwhile, and a lost connection costs a message no try.
   * @throws Refusal
   */
  protected async receive(consumer: AnyConsumer, event: EventEnvelope, stop: AbortSignal): Promise<void> {
    const context = {
      correlationId: event.correlationid,
      organizationId: event.organizationid,
      causationId: event.id,
      traceparent: event.traceparent,
    };
    await runInContext(context, () => this.persist(consumer, event, stop));
  }

  private async persist(consumer: AnyConsumer, event: EventEnvelope, stop: AbortSignal): Promise<void> {
    const fields = { consumer: consumer.name, eventId: event.id, eventType: event.type };
    const failures = { handler: 0, outage: 0 };
    for (;;) {
      try {
        const fresh = await this.takeEffect(consumer, event, stop);
        if (!fresh) this.log.debug('event_receive_repeated', fields);
        return;
      } catch (error) {
        if (stop.aborted) throw new Refusal(true);
        const kind = isOutage(error) ? 'outage' : 'handler';
        const count = ++failures[kind];
        this.log.error('event_receive_failed', { ...fields, kind, try: count, error });
        if (failures.handler >= MAX_TRIES) throw new Refusal(false);
        await sleep(pauseAfter(count), undefined, { signal: stop }).catch(() => undefined);
      }
    }
  }

  private takeEffect(consumer: AnyConsumer, event: EventEnvelope, stop: AbortSignal): Promise<boolean> {
    const mustGoOn = () => {
      if (stop.aborted) throw new Refusal(true);
    };
    mustGoOn();
    if ('handleTogether' in consumer) {
      return this.inbox.onceTogether(consumer.name, event, (tx, organizationId, events) => {
        mustGoOn();
        return consumer.handleTogether(tx, organizationId, events);
      });
    }
    return this.inbox.once(consumer.name, event, (tx) => {
      mustGoOn();
      return consumer.handle(tx, event);
    });
  }
}
