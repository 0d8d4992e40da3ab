import type { Type } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { type AnyConsumer, names } from '../../src';
import { atBroker, dropNamespace, freshCopy, freshNamespace, ready, start, type Started } from './service';

type Gated = AnyConsumer & { gate: Promise<void> };

export interface GatedService<C extends Gated> {
  service: Started;
  consumer: C;
  /** Publishes to the consumer, as its producer would. */
  send(events: EventEnvelope[]): Promise<void>;
  /** Nothing takes effect before. */
  open(): void;
  close(): Promise<void>;
}

/** A service with one consumer, whose effects wait for the gate to open. */
export async function startGated<C extends Gated>(type: Type<C>): Promise<GatedService<C>> {
  const namespace = freshNamespace();
  const copy = await freshCopy();
  const service = await start({ copy, namespace, consumers: [type] });
  const consumer = service.app.get(type);
  const gate = Promise.withResolvers<void>();
  consumer.gate = gate.promise;
  await ready(service);
  const { events: exchange } = names(namespace);
  return {
    service,
    consumer,
    open: gate.resolve,
    send: (events) =>
      atBroker(async (channel) => {
        for (const it of events) {
          const body = Buffer.from(JSON.stringify(it));
          channel.publish(exchange, 'scheduling.probe.happened.v1', body, { messageId: it.id });
        }
        await channel.waitForConfirms();
      }),
    async close() {
      await service.app.close();
      await dropNamespace(namespace, [consumer.name]);
      await copy.drop();
    },
  };
}
