import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Log, runInContext } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { ConsumeMessage } from 'amqplib';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_TRIES } from '../broker/topology';
import type { EventConsumer } from './event-consumer';
import { Inbox } from './inbox';
import { Lanes } from './lanes';
import { readEvent } from './read-event';

/** What becomes of a delivery that took no effect. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly requeue: boolean) {
    super(requeue ? 'to be delivered again' : 'a dead letter');
  }
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

const pauseAfter = (tries: number): number => Math.min(FIRST_PAUSE_MS * 3 ** tries, LONGEST_PAUSE_MS);

/** How often the broker has delivered this before. */
const triesOf = ({ properties }: ConsumeMessage): number => {
  const count: unknown = properties.headers?.['x-delivery-count'];
  return typeof count === 'number' ? count : 0;
};

/** The database or another service is away: no reason to spend the message's tries. */
const isOutage = (error: unknown): boolean =>
  error instanceof BusinessRuleException && error.code === 'UPSTREAM_UNAVAILABLE';

/** Turns a delivery into its effect. */
@Injectable()
export class Receiver {
  constructor(
    private readonly inbox: Inbox,
    private readonly log: Log,
  ) {}

  /** For one consumer: events of one aggregate take effect in the order they are delivered. */
  for(consumer: EventConsumer, stop: AbortSignal): (message: ConsumeMessage) => Promise<void> {
    const lanes = new Lanes();
    return (message) => {
      const reading = readEvent(message.content, consumer.events, new Date());
      if ('event' in reading) {
        const { event } = reading;
        return lanes.run(event.subject, () => this.receive(consumer, event, triesOf(message), stop));
      }
      this.log.error('event_receive_refused', {
        consumer: consumer.name,
        reason: reading.refused,
        detail: reading.detail,
      });
      return Promise.reject(new Refusal(false));
    };
  }

  /** Resolves once the effect is committed; the broker hears of it only then. @throws Refusal */
  protected async receive(
    consumer: EventConsumer,
    event: EventEnvelope,
    tries: number,
    stop: AbortSignal,
  ): Promise<void> {
    const context = {
      correlationId: event.correlationid,
      organizationId: event.organizationid,
      causationId: event.id,
      traceparent: event.traceparent,
    };
    const fields = { consumer: consumer.name, eventId: event.id, eventType: event.type };
    await runInContext(context, async () => {
      for (let outages = 0; ; outages++) {
        try {
          const fresh = await this.inbox.once(consumer.name, event, (tx) => {
            if (stop.aborted) throw new Refusal(true);
            return consumer.handle(tx, event);
          });
          if (!fresh) this.log.debug('event_receive_repeated', fields);
          return;
        } catch (error) {
          if (stop.aborted) throw new Refusal(true);
          const outage = isOutage(error);
          this.log.error('event_receive_failed', { ...fields, try: tries + 1, of: MAX_TRIES, outage, error });
          if (!outage && tries + 1 >= MAX_TRIES) throw new Refusal(true);
          await sleep(pauseAfter(outage ? outages : tries), undefined, { signal: stop }).catch(
            () => undefined,
          );
          if (!outage) throw new Refusal(true);
        }
      }
    });
  }
}
