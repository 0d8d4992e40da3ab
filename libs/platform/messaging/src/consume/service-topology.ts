import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Channel, ChannelModel } from 'amqplib';
import { closeWithin } from '../broker/close-within';
import { assertConsumerQueue, assertDeadLetterQueue, assertExchanges } from '../broker/topology';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { LostQueues } from '../refill/lost-queues';
import type { AnyConsumer } from './event-consumer';

/** A connection that hangs keeps the others waiting no longer than this. */
const TURN_MS = 5_000;

/** The service's consumers and what they need at the broker. */
@Injectable()
export class ServiceTopology {
  private turn: Promise<void> = Promise.resolve();

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly modules: ModuleRef,
    private readonly lost: LostQueues,
  ) {}

  /** @throws Error for a consumer with a wrong name */
  consumers(): AnyConsumer[] {
    const consumers = this.options.consumers.map((it) => this.modules.get(it, { strict: false }));
    refuseWrongNames(this.options.service, consumers);
    return consumers;
  }

  /**
   * What the service needs, with the queues of `wanted`. A queue that was lost is noticed before it is made again: one
   * connection at a time, so that none takes for lost what another is about to make.
   * @throws Error where the database has to remember a loss and is away
   */
  assert(channel: Channel, connection: ChannelModel, wanted = this.consumers()): Promise<void> {
    if (wanted.length === 0) return this.make(channel, wanted);
    const asserted = this.turn.then(async () => {
      await this.lost.notice(connection, wanted);
      await this.make(channel, wanted);
    });
    this.turn = closeWithin(asserted, TURN_MS);
    return asserted;
  }

  private async make(channel: Channel, wanted: readonly AnyConsumer[]): Promise<void> {
    const all = this.consumers();
    const { namespace, service } = this.options;
    const letters = { namespace, service, consumers: all.map((it) => it.name) };
    await Promise.all([
      assertExchanges(channel, namespace),
      ...(all.length > 0 ? [assertDeadLetterQueue(channel, letters)] : []),
      ...wanted.map((it) => assertConsumerQueue(channel, namespace, it)),
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
