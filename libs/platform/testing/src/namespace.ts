import { names } from '@orion/messaging';
import { connect } from 'amqplib';
import { randomBytes } from 'node:crypto';
import { infrastructure } from './infrastructure';

/** A prefix for exchanges, queues and cache keys that no other test uses. */
export const testNamespace = (): string => `t${process.pid.toString(36)}-${randomBytes(5).toString('hex')}`;

/** Removes the exchanges and queues of a test. */
export async function dropNamespace(
  namespace: string,
  services: string[],
  consumers: string[],
): Promise<void> {
  const to = names(namespace);
  const connection = await connect(infrastructure().rabbitmq);
  try {
    const channel = await connection.createChannel();
    const queues = [
      to.unroutable,
      ...services.flatMap((it) => [to.deadLetterQueue(it), to.questionQueue(it)]),
      ...consumers.map((it) => to.consumerQueue(it)),
    ];
    for (const queue of queues) await channel.deleteQueue(queue);
    for (const exchange of [to.events, to.unroutable, to.deadLetters]) await channel.deleteExchange(exchange);
  } finally {
    await connection.close();
  }
}
