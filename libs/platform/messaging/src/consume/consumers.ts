import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { runsWork } from '@orion/database';
import { Log } from '@orion/logger';
import { names } from '../broker/names';
import { DeadLetterReceiver } from '../dead-letters/dead-letter.receiver';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { ConsumerRegistry } from './consumer.registry';
import { ConsumerLinks, type Link } from './consumer-links';
import type { AnyConsumer } from './event-consumer';
import { Receiver } from './receiver';
import { ServiceTopology } from './service-topology';

/** Enough for every transaction of the inbox to be full. */
const PREFETCH = { alone: 64, together: 256 } as const;
const DEAD_LETTERS = 'dead-letters';

/** Connects the service's consumers, and the one that keeps its dead letters, to their queues. */
@Injectable()
export class Consumers implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private registering: Promise<void> = Promise.resolve();
  private closing: Promise<void> | undefined;
  private links: ConsumerLinks | undefined;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly topology: ServiceTopology,
    private readonly receiver: Receiver,
    private readonly deadLetters: DeadLetterReceiver,
    private readonly registry: ConsumerRegistry,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const consumers = this.topology.consumers();
    if (!runsWork() || consumers.length === 0) return;
    this.registering = this.registry.register(consumers, this.stop.signal);
    const { service, namespace, url } = this.options;
    const links = [...consumers.map((it) => this.linkOf(it)), this.deadLetterLink(consumers)];
    this.links = new ConsumerLinks(links, { url, name: `${namespace} ${service} consumers` }, this.log);
    this.links.open();
  }

  /** Waits for nothing: modules are told one after another, and what one waits for must not hold up the next. */
  onModuleDestroy(): void {
    this.stop.abort();
    this.closing = this.links?.close();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.closing, this.registering]);
  }

  /** What keeps the consumers from working; empty where all is well or there is nothing to consume. */
  troubles(): string[] {
    if (!this.links) return [];
    return this.links.connected ? this.links.idle().map((it) => `${it} does not consume`) : ['not connected'];
  }

  private linkOf(consumer: AnyConsumer): Link {
    const { namespace } = this.options;
    return {
      name: consumer.name,
      queue: names(namespace).consumerQueue(consumer.name),
      prefetch: 'handleTogether' in consumer ? PREFETCH.together : PREFETCH.alone,
      assert: (channel, connection) => this.topology.assert(channel, connection, [consumer]),
      receive: this.receiver.for(consumer, this.stop.signal),
    };
  }

  private deadLetterLink(consumers: AnyConsumer[]): Link {
    const { namespace, service } = this.options;
    return {
      name: DEAD_LETTERS,
      queue: names(namespace).deadLetterQueue(service),
      prefetch: 1,
      assert: (channel, connection) => this.topology.assert(channel, connection, []),
      receive: (message) => this.deadLetters.receive(message, consumers, this.stop.signal),
    };
  }
}
