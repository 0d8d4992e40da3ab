import { routingKey } from '@orion/contracts';
import type { Channel, Options } from 'amqplib';
import type { Subscriber } from '../consume/event-consumer';
import { type Names, names } from './names';

/**
 * The broker counts deliveries that ended with their connection, too, which is no fault of the message. So the
 * receiver counts failures itself, and this stops only a message that ends the process each time.
 */
const DELIVERY_LIMIT = 50;
const UNROUTABLE_KEPT = 100_000;

const QUORUM: Options.AssertQueue = { durable: true, arguments: { 'x-queue-type': 'quorum' } };

const withArguments = (more: Record<string, unknown>): Options.AssertQueue => ({
  ...QUORUM,
  arguments: { ...(QUORUM.arguments as object), ...more },
});

/** The oldest unroutable events give way; the outbox still has them for a week. */
const UNROUTABLE = withArguments({ 'x-max-length': UNROUTABLE_KEPT, 'x-overflow': 'drop-head' });

/** Nothing leaves for the dead letters before it has arrived there, hence reject-publish. */
export const consumerQueue = (to: Names, consumer: string): Options.AssertQueue =>
  withArguments({
    'x-delivery-limit': DELIVERY_LIMIT,
    'x-single-active-consumer': true,
    'x-dead-letter-exchange': to.deadLetters,
    'x-dead-letter-routing-key': consumer,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  });

/** Binds to the type without its version: a version nobody here knows is noticed as a dead letter. */
export const bindingKey = (type: string): string => routingKey(type).replace(/\.v\d+$/, '.*');

/** Where events go in; asserted by whoever publishes or consumes. */
export function assertExchanges(channel: Channel, namespace: string): Promise<unknown> {
  const to = names(namespace);
  return Promise.all([
    channel.assertExchange(to.unroutable, 'fanout', { durable: true }),
    channel.assertQueue(to.unroutable, UNROUTABLE),
    channel.bindQueue(to.unroutable, to.unroutable, ''),
    channel.assertExchange(to.events, 'topic', { durable: true, alternateExchange: to.unroutable }),
    channel.assertExchange(to.deadLetters, 'direct', { durable: true }),
  ]);
}

/** The queue that keeps a service's dead letters until its database has them. */
export function assertDeadLetterQueue(
  channel: Channel,
  { namespace, service, consumers }: { namespace: string; service: string; consumers: string[] },
): Promise<unknown> {
  const to = names(namespace);
  const queue = to.deadLetterQueue(service);
  return Promise.all([
    channel.assertQueue(queue, QUORUM),
    ...consumers.map((it) => channel.bindQueue(queue, to.deadLetters, it)),
  ]);
}

/** A consumer's queue and what it subscribes to. */
export function assertConsumerQueue(
  channel: Channel,
  namespace: string,
  consumer: Subscriber,
): Promise<unknown> {
  const to = names(namespace);
  const queue = to.consumerQueue(consumer.name);
  const keys = [...new Set(consumer.events.map(({ type }) => bindingKey(type)))];
  return Promise.all([
    channel.assertQueue(queue, consumerQueue(to, consumer.name)),
    ...keys.map((key) => channel.bindQueue(queue, to.events, key)),
  ]);
}
