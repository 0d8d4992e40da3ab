import type { Type } from '@nestjs/common';
import type { AnyConsumer } from './consume/event-consumer';

export interface MessagingOptions {
  /** `auth`, `user`, …: the producer's name in event types, the start of its consumers' names. */
  service: string;
  /** amqp:// or amqps:// */
  url: string;
  /** Leads the names of exchanges and queues, so that installations and tests share a broker without meeting. */
  namespace: string;
  /** Providers of the service's modules. */
  consumers: Type<AnyConsumer>[];
}

export const MESSAGING_OPTIONS = Symbol('messaging options');
