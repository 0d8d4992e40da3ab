import { type Channel, type ChannelModel, connect, type ConfirmChannel, type Options } from 'amqplib';
import { closeWithin } from './close-within';

/** Both ends notice silence after two to three of these; RabbitMQ advises against less than 5. */
export const HEARTBEAT_S = 6;
const CONNECT_TIMEOUT_MS = 5_000;
const CONFIRM_TIMEOUT_MS = 10_000;

/** The broker's address with a heartbeat that notices a half-open connection within 20 s. */
export function withHeartbeat(url: string): string {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(HEARTBEAT_S));
  return address.toString();
}

/**
 * One connection that only publishes (a memory alarm stops a connection that publishes, so consumers have
 * another). Nothing is kept in memory while the broker is away: what is not confirmed has failed.
 */
export class Publisher {
  private blocked = false;
  private failure: Error | undefined;

  private constructor(
    private readonly connection: ChannelModel,
    private readonly channel: ConfirmChannel,
  ) {
    connection.on('blocked', () => (this.blocked = true));
    connection.on('unblocked', () => (this.blocked = false));
    channel.on('error', (error: Error) => (this.failure = error));
    channel.on('close', () => (this.failure ??= new Error('the channel was closed')));
  }

  /** @param assert makes sure that what is published to exists */
  static async open(
    url: string,
    name: string,
    assert: (channel: Channel, connection: ChannelModel) => Promise<unknown>,
  ): Promise<Publisher> {
    const connection = await connect(withHeartbeat(url), {
      timeout: CONNECT_TIMEOUT_MS,
      noDelay: true,
      keepAlive: true,
      clientProperties: { connection_name: `${name} publisher` },
    });
    connection.on('error', () => undefined);
    try {
      const channel = await connection.createConfirmChannel();
      const publisher = new Publisher(connection, channel);
      await assert(channel, connection);
      return publisher;
    } catch (error) {
      await closeWithin(connection.close());
      throw error;
    }
  }

  /** False once it must be replaced by another. */
  get usable(): boolean {
    return this.failure === undefined;
  }

  /** The broker asks for a pause: it is short of memory or disk. */
  get paused(): boolean {
    return this.blocked;
  }

  /** Resolves when the broker has the message; anything else means that nobody knows whether it has. */
  publish(exchange: string, key: string, body: Buffer, options: Options.Publish): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.failure) return void reject(this.failure);
      const timer = setTimeout(() => {
        const late = new Error(`no confirm within ${CONFIRM_TIMEOUT_MS} ms`);
        // A broker short of memory or disk reads nothing, not even the end of this connection: it is waited for.
        if (!this.blocked) this.failure ??= late;
        reject(late);
      }, CONFIRM_TIMEOUT_MS);
      const confirmed = (error: unknown) => {
        clearTimeout(timer);
        if (error) reject(error instanceof Error ? error : new Error('the broker refused the message'));
        else resolve();
      };
      try {
        this.channel.publish(
          exchange,
          key,
          body,
          { persistent: true, mandatory: true, ...options },
          confirmed,
        );
      } catch (error) {
        confirmed(error);
      }
    });
  }

  async close(): Promise<void> {
    this.failure ??= new Error('the publisher was closed');
    await closeWithin(this.connection.close());
  }
}
