import { connect, type ConfirmChannel } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { now } from '../../src/task';

/** Bytes of a message, as long as the worker's events are. */
export const MESSAGE_BYTES = 1_024;
const TEXT = 'r'.repeat(MESSAGE_BYTES);
const TYPE = 'orion.gateway.reading.taken.v1';

interface Span {
  startedAt: number;
  endedAt: number;
}

interface Statement {
  name: string;
  text: string;
}

const STATE: Statement = { name: 'state', text: 'INSERT INTO reading VALUES ($1, $2, $3, $4)' };
const OUTBOX: Statement = {
  name: 'outbox',
  text: `INSERT INTO platform.outbox (id, organization_id, aggregate_id, sequence, type, envelope)
         VALUES ($1, $2, $3, $4, $5, $6)`,
};
const INBOX: Statement = {
  name: 'inbox',
  text: 'INSERT INTO platform.inbox (consumer, event_id, organization_id) VALUES ($1, $2, $3)',
};
const EFFECT: Statement = { name: 'effect', text: 'INSERT INTO effect VALUES ($1, $2, $3)' };

type Bare = (client: Client) => Promise<void>;

async function bare(
  client: Client,
  first: Statement,
  one: unknown[],
  second: Statement,
  two: unknown[],
): Promise<void> {
  await client.query('BEGIN');
  await client.query({ ...first, values: one });
  await client.query({ ...second, values: two });
  await client.query('COMMIT');
}

/** The state and its outbox row, prepared, with nothing between pg and the tables. */
export const stateAndOutbox: Bare = (client) => {
  const organization = randomUUID();
  return bare(client, STATE, [randomUUID(), organization, 'meter', 1], OUTBOX, [
    randomUUID(),
    organization,
    'meter',
    1,
    TYPE,
    TEXT,
  ]);
};

/** The inbox row and the effect, in the same way. */
export const inboxAndEffect: Bare = (client) => {
  const [organization, event] = [randomUUID(), randomUUID()];
  return bare(client, INBOX, ['bench', event, organization], EFFECT, [randomUUID(), organization, event]);
};

/** Runs `count` bare transactions on `writers` connections, one of each at a time. */
export async function commits(url: string, transaction: Bare, count: number, writers: number): Promise<Span> {
  const clients = Array.from({ length: writers }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((it) => it.connect()));
  const startedAt = now();
  let left = count;
  const writer = async (client: Client) => {
    while (left-- > 0) await transaction(client);
  };
  await Promise.all(clients.map(writer));
  const endedAt = now();
  await Promise.all(clients.map((it) => it.end()));
  return { startedAt, endedAt };
}

const body = Buffer.from(TEXT);

export function publish(channel: ConfirmChannel, queue: string, messageId?: string): Promise<void> {
  return new Promise((confirmed, failed) =>
    channel.sendToQueue(queue, body, { persistent: true, messageId }, (error: unknown) =>
      error ? failed(error instanceof Error ? error : new Error('not confirmed')) : confirmed(),
    ),
  );
}

/** A durable queue of its own, of the kind the platform's are. */
export async function withQueue<T>(
  url: string,
  work: (channel: ConfirmChannel, queue: string) => Promise<T>,
): Promise<T> {
  const connection = await connect(url, { noDelay: true });
  const queue = `bench-raw-${randomUUID().slice(0, 8)}`;
  try {
    const channel = await connection.createConfirmChannel();
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    const answer = await work(channel, queue);
    await channel.deleteQueue(queue);
    return answer;
  } finally {
    await connection.close();
  }
}

/** Publishes persistent messages to a quorum queue, `window` of them unconfirmed at a time. */
export const publishes = (url: string, count: number, window: number): Promise<Span> =>
  withQueue(url, async (channel, queue) => {
    const startedAt = now();
    let left = count;
    const publisher = async () => {
      while (left-- > 0) await publish(channel, queue);
    };
    await Promise.all(Array.from({ length: window }, publisher));
    return { startedAt, endedAt: now() };
  });
