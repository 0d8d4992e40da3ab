import type { RmqOptions } from '@nestjs/microservices';
import { names } from '../broker/names';
import { withHeartbeat } from '../broker/publisher';
import type { MessagingOptions } from '../messaging.options';

const RECONNECT_S = 1;
const PREFETCH = 64;

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
