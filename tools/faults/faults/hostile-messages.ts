import { type Platform, queryRows } from '@orion/access';
import { routingKey } from '@orion/contracts';
import { names } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { eventOf } from './envelope';
import { publishRaw, type RawMessage } from './exchange';
import { hostileValues } from './hostile';
import { until } from './within';

/** Every hostile value as the data of an event that is good but for them. */
export function hostileEvents(
  type: string,
  data: Record<string, unknown>,
  sender: { organizationId: string; messageId?: string },
): RawMessage[] {
  const { data: _, ...head } = { ...eventOf(sender), type };
  const before = JSON.stringify(head).slice(0, -1);
  return hostileValues(data).map(({ text }) => ({
    key: routingKey(type),
    body: Buffer.from(`${before},"data":${text}}`),
    messageId: sender.messageId,
  }));
}

interface Subscribed {
  service: string;
  types: string[];
}

async function consumersOf(platform: Platform): Promise<Subscribed[]> {
  const found = Object.entries(platform.postgres.auditUrls).map(async ([service, url]) =>
    (await queryRows(url, 'SELECT event_types FROM platform.consumer')).map((row) => ({
      service,
      types: row['event_types'] as string[],
    })),
  );
  return (await Promise.all(found)).flat();
}

/** As few types as reach every consumer. */
export function typesForAll(consumers: readonly { types: readonly string[] }[]): string[] {
  const chosen = new Set<string>();
  for (const { types } of consumers.toSorted((a, b) => a.types.length - b.types.length)) {
    if (!types.some((it) => chosen.has(it)) && types[0] !== undefined) chosen.add(types[0]);
  }
  return [...chosen];
}

const lettersOf = async (platform: Platform, messageId: string): Promise<number> => {
  const counts = Object.values(platform.postgres.auditUrls).map(async (url) => {
    const [row] = await queryRows(url, 'SELECT count(*) AS n FROM platform.dead_letter WHERE event_id = $1', [
      messageId,
    ]);
    return Number(row?.['n']);
  });
  return (await Promise.all(counts)).reduce((sum, it) => sum + it, 0);
};

async function forget(platform: Platform, messageId: string): Promise<void> {
  for (const { workerUrl } of Object.values(platform.postgres.services)) {
    const client = new Client({ connectionString: workerUrl });
    await client.connect();
    await client.query('DELETE FROM platform.dead_letter WHERE event_id = $1', [messageId]);
    await client.end();
  }
}

/** To every consumer of the running platform; each message becomes one dead letter of each of its consumers. */
export async function hostileMessages(
  platform: Platform,
  withinMs: number,
): Promise<{ messages: number; consumers: number; letters: number }> {
  const consumers = await consumersOf(platform);
  const types = typesForAll(consumers);
  const sender = { organizationId: randomUUID(), messageId: `fault-16-${randomUUID()}` };
  const messages = types.flatMap((type) => hostileEvents(type, { sent: sender.messageId, to: type }, sender));
  const wanted = types
    .map((type) => consumers.filter((it) => it.types.includes(type)).length)
    .reduce((sum, hearers) => sum + hearers * (messages.length / types.length), 0);
  try {
    await publishRaw(platform.rabbitmqUrl, names(platform.messagingNamespace).events, messages);
    const letters = await until(
      () => lettersOf(platform, sender.messageId),
      (n) => n >= wanted,
      withinMs,
      (n) => `${n} of ${wanted} dead letters`,
    );
    return { messages: messages.length, consumers: consumers.length, letters };
  } finally {
    await forget(platform, sender.messageId);
  }
}
