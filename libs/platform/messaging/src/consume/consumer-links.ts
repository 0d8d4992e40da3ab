import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import type { Log } from '@orion/logger';
import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import { closeWithin } from '../broker/close-within';
import { withHeartbeat } from '../broker/publisher';
import { Refusal } from './receiver';

/** One queue to consume: how it is asserted, and what happens with each message. */
export interface Link {
  name: string;
  queue: string;
  prefetch: number;
  assert(channel: Channel, connection: ChannelModel): Promise<unknown>;
  receive(message: ConsumeMessage): Promise<void>;
}

const RECONNECT_S = 1;
const WATCH_MS = 2_000;

type Managed = AmqpConnection['managedConnection'];
type Setup = (channel: ConfirmChannel) => Promise<void>;

/**
 * The connection that only consumes, with a channel for each queue. Works around what golevelup 9.0.2 leaves
 * open: an own error handler (its default requeues for ever and a lost connection would end the process),
 * `reject` in place of `nack`, consumers whose queue or channel went away, and deliveries after `close()`.
 */
export class ConsumerLinks {
  private readonly dead = new WeakSet<Channel>();
  private suspects: (Channel | undefined)[] = [];
  private readonly working = new Set<Promise<void>>();
  private readonly amqp: AmqpConnection;
  private watching: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    private readonly links: Link[],
    { url, name }: { url: string; name: string },
    private readonly log: Log,
  ) {
    this.amqp = new AmqpConnection({
      uri: withHeartbeat(url),
      name,
      enableDirectReplyTo: false,
      registerHandlers: false,
      connectionInitOptions: {
        wait: false,
        skipDisconnectFailedLogging: true,
        skipConnectionFailedLogging: true,
      },
      connectionManagerOptions: {
        reconnectTimeInSeconds: RECONNECT_S,
        connectionOptions: { timeout: 5_000, keepAlive: true, clientProperties: { connection_name: name } },
      },
      channels: Object.fromEntries(links.map((it) => [it.name, { prefetchCount: it.prefetch }])),
      logger: {
        log: (text: string) => log.debug('broker_consumer_noted', { text }),
        warn: (text: string) => log.warn('broker_consumer_warned', { text }),
        error: (text: string, stack?: string) => log.warn('broker_consumer_failed', { text, stack }),
      },
    });
  }

  /** Connects in the background, for as long as it takes. */
  open(): void {
    this.amqp.init().catch((error: unknown) => this.log.warn('broker_consumer_failed', { error }));
    const managed = this.managed;
    managed.on('connectFailed', ({ err }) => this.log.debug('broker_connect_failed', { error: err }));
    managed.on('disconnect', ({ err }) => this.log.warn('broker_connection_lost', { error: err }));
    for (const link of this.links) this.subscribe(link);
    this.watching = setInterval(() => this.revive(), WATCH_MS);
    this.watching.unref();
  }

  get connected(): boolean {
    return this.managed?.isConnected() ?? false;
  }

  /** Names of the links nothing is consumed on at the moment. */
  idle(): string[] {
    return this.links.map((it) => it.name).filter((name) => !this.isAlive(name));
  }

  /** No handler starts any more, those at work are waited for, then the connection ends. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.watching);
    const cancelled = this.amqp.consumerTags.map((tag) =>
      this.amqp.cancelConsumer(tag).catch(() => undefined),
    );
    await closeWithin(Promise.all(cancelled));
    await Promise.allSettled(this.working);
    await closeWithin(this.amqp.close());
  }

  private get managed(): Managed {
    return this.amqp.managedConnection;
  }

  private subscribe(link: Link): void {
    const channel = this.amqp.managedChannels[link.name];
    if (!channel) throw new Error(`no channel for ${link.name}`);
    const refused = (error: unknown) =>
      this.log.error('broker_topology_refused', { consumer: link.name, error });
    // All setups of a channel start at once, so golevelup's waits here for the link's.
    const add = channel.addSetup.bind(channel);
    channel.addSetup = (setup: Setup) =>
      add(async (it: ConfirmChannel) => {
        for (const event of ['cancel', 'close']) it.on(event, () => this.dead.add(it));
        await this.assert(link, it).catch(refused);
        await setup(it);
      });
    this.amqp
      .createSubscriber<Buffer>(
        (_body, message) => this.handle(link, message),
        {
          queue: link.queue,
          createQueueIfNotExists: false,
          queueOptions: { channel: link.name },
          deserializer: (body) => body,
          errorHandler: (from, message, error) => this.refuse(from, message, error),
        },
        link.name,
      )
      .catch(refused);
  }

  private async assert(link: Link, channel: ConfirmChannel): Promise<void> {
    const { connection } = this.managed;
    if (!connection) throw new Error('the connection is lost');
    await link.assert(channel, connection);
  }

  private async handle(link: Link, message: ConsumeMessage | undefined): Promise<void> {
    if (!message || this.closing) throw new Refusal(true);
    const work = link.receive(message);
    this.working.add(work);
    try {
      await work;
    } finally {
      this.working.delete(work);
    }
  }

  /** Must not throw: nobody would catch it. On a lost channel the broker delivers again by itself. */
  private refuse(channel: Channel, message: ConsumeMessage | ConsumeMessage[], error: unknown): void {
    const requeue = error instanceof Refusal ? error.requeue : true;
    try {
      for (const it of [message].flat()) channel.reject(it, requeue);
    } catch (lost) {
      this.log.debug('broker_reject_failed', { error: lost });
    }
  }

  /** Commands of a channel are answered in order: who consumes has its queue bound. */
  private isAlive(name: string): boolean {
    const channel = this.amqp.channels[name];
    if (!this.connected || !channel || this.dead.has(channel)) return false;
    return this.amqp.consumerTags.some((tag) => this.amqp['getConsumer'](tag)?.channel === channel);
  }

  /**
   * A channel or queue that went away alone comes back with a new connection only. What is dead at two looks in a
   * row is not just being replaced.
   */
  private revive(): void {
    const connection = this.managed.connection;
    const dead = this.links
      .map((it): Channel | undefined => this.amqp.channels[it.name])
      .filter((it) => it !== undefined && this.dead.has(it));
    const lost = dead.some((it) => this.suspects.includes(it));
    this.suspects = dead;
    if (this.closing || !connection || !lost) return;
    this.log.warn('broker_consumer_revived', { consumers: this.idle() });
    this.managed.reconnect();
    connection.on('error', () => undefined);
  }
}
