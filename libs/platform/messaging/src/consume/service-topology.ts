import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Channel } from 'amqplib';
import { assertConsumerQueue, assertDeadLetterQueue, assertExchanges } from '../broker/topology';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import type { AnyConsumer } from './event-consumer';

/** The service's consumers and what they need at the broker. */
@Injectable()
export class ServiceTopology {
  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly modules: ModuleRef,
  ) {}

  /** @throws Error for a consumer with a wrong name */
  consumers(): AnyConsumer[] {
    const consumers = this.options.consumers.map((it) => this.modules.get(it, { strict: false }));
    refuseWrongNames(this.options.service, consumers);
    return consumers;
  }

  /** All of it; commands of one channel are carried out in order. */
  assert(channel: Channel): Promise<unknown> {
    const consumers = this.consumers();
    const { namespace, service } = this.options;
    const letters = { namespace, service, consumers: consumers.map((it) => it.name) };
    return Promise.all([
      assertExchanges(channel, namespace),
      ...(consumers.length > 0 ? [assertDeadLetterQueue(channel, letters)] : []),
      ...consumers.map((it) => assertConsumerQueue(channel, namespace, it)),
    ]);
  }
}

function refuseWrongNames(service: string, consumers: AnyConsumer[]): void {
  const taken = new Set<string>();
  for (const { name, events } of consumers) {
    if (!name.startsWith(`${service}.`))
      throw new Error(`consumer "${name}" must be named "${service}.<what>"`);
    if (taken.has(name)) throw new Error(`two consumers are named "${name}"`);
    if (events.length === 0) throw new Error(`consumer "${name}" subscribes to nothing`);
    taken.add(name);
  }
}
