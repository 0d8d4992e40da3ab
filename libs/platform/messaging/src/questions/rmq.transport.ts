import { ClientRMQ, type RmqOptions, ServerRMQ } from '@nestjs/microservices';
import type { AmqpConnectionManager, ChannelWrapper } from 'amqp-connection-manager';
import { closeWithin } from '../broker/close-within';
import { names } from '../broker/names';
import { withHeartbeat } from '../broker/publisher';
import type { MessagingOptions } from '../messaging.options';

const RECONNECT_S = 1;
const PREFETCH = 64;
const SEND_TIMEOUT_MS = 5_000;
/** A channel whose connection is just being lost never says that it is closed. */
const CLOSE_MS = 1_000;

type Failed = (error: unknown) => void;

/** Questions are worth nothing after their deadline, so neither their queue nor they are kept on disk. */
export const questionTransport = (
  { url, namespace }: MessagingOptions,
  service: string,
): Required<RmqOptions>['options'] => ({
  urls: [withHeartbeat(url)],
  queue: names(namespace).questionQueue(service),
  queueOptions: { durable: false },
  prefetchCount: PREFETCH,
  persistent: false,
  socketOptions: { reconnectTimeInSeconds: RECONNECT_S },
});

/**
 * Nest leaves the channel's errors unheard, so a connection lost while the channel is being set up would end the
 * process; and it would keep messages in memory for as long as the broker is away.
 */
function guard(manager: AmqpConnectionManager, failed: Failed): AmqpConnectionManager {
  const create = manager.createChannel.bind(manager);
  manager.createChannel = (options) => {
    const channel = create({ ...options, publishTimeout: SEND_TIMEOUT_MS });
    channel.on('error', failed);
    return channel;
  };
  return manager;
}

/** Asks the questions that `service` answers. */
export class QuestionClient extends ClientRMQ {
  constructor(
    options: MessagingOptions,
    service: string,
    private readonly failed: Failed,
  ) {
    super(questionTransport(options, service));
  }

  /** Nest would close the connection only after the channel, and where that hangs connect again for ever. */
  override async close(): Promise<void> {
    if (this.channel) await closeWithin(this.channel.close(), CLOSE_MS);
    await super.close();
  }

  override createClient(): AmqpConnectionManager {
    return guard(super.createClient(), this.failed);
  }
}

/** Hears the questions that `service` answers. */
export class QuestionServer extends ServerRMQ {
  constructor(
    options: MessagingOptions,
    service: string,
    private readonly failed: Failed,
  ) {
    super(questionTransport(options, service));
  }

  /** Nest would close the connection only after the channel, and where that hangs connect again for ever. */
  override async close(): Promise<void> {
    if (this.channel) await closeWithin(this.channel.close(), CLOSE_MS);
    await super.close();
  }

  override createClient<T = AmqpConnectionManager>(): T {
    const manager = guard(super.createClient<AmqpConnectionManager>(), this.failed);
    const create = manager.createChannel.bind(manager);
    manager.createChannel = (options) => this.forgiving(create(options));
    return manager as T;
  }

  /** An answer that cannot be sent is lost, as its question is past its deadline; Nest does not wait for it. */
  private forgiving(channel: ChannelWrapper): ChannelWrapper {
    const send = channel.sendToQueue.bind(channel);
    channel.sendToQueue = (...message: Parameters<typeof send>) =>
      send(...message).catch((error: unknown) => {
        this.failed(error);
        return false;
      });
    return channel;
  }
}
