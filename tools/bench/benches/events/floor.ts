import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { now } from '../../src/task';
import { inboxAndEffect, publish, withQueue } from './raw';

/** Connections that commit beside each other, more than the pace ever needs. */
const CONNECTIONS = 8;

interface Addresses {
  rabbitmqUrl: string;
  postgresUrl: string;
}

/**
 * The least an event can take: from the publish of a message to the commit of the bare inbox and effect at whoever
 * received it, at a steady rate. In milliseconds.
 */
export const floorDelays = (
  { rabbitmqUrl, postgresUrl }: Addresses,
  count: number,
  perSecond: number,
): Promise<number[]> =>
  withQueue(rabbitmqUrl, async (channel, queue) => {
    const clients = Array.from({ length: CONNECTIONS }, () => new Client({ connectionString: postgresUrl }));
    await Promise.all(clients.map((it) => it.connect()));
    const commit = async (id: number) => {
      const client = clients[id % clients.length];
      if (client) await inboxAndEffect(client);
    };
    const delays: number[] = [];
    const sent: number[] = [];
    const all = Promise.withResolvers<void>();
    await channel.consume(queue, (message) => {
      if (!message) return;
      const id = Number(message.properties.messageId);
      commit(id).then(() => {
        channel.ack(message);
        delays.push(now() - (sent[id] ?? 0));
        if (delays.length === count) all.resolve();
      }, all.reject);
    });
    const startedAt = now();
    for (let id = 0; id < count; id++) {
      await sleep(Math.max(0, startedAt + (id * 1_000) / perSecond - now()));
      sent.push(now());
      publish(channel, queue, String(id)).catch(all.reject);
    }
    await all.promise;
    await Promise.all(clients.map((it) => it.end()));
    return delays;
  });
