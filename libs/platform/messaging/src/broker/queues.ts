import type { ChannelModel } from 'amqplib';

const NOT_FOUND = 404;

/** The broker's answer to a question for a queue that does not exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && (error as Error & { code?: unknown }).code === NOT_FOUND;

/** Where a queue is missing the broker ends the channel on which it was looked for, so each look has its own. */
async function isThere(connection: ChannelModel, queue: string): Promise<boolean> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    await channel.checkQueue(queue);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await channel.close();
  return true;
}

/** Which of these the broker has; nothing is made. */
export async function existing(
  connection: ChannelModel,
  queues: readonly string[],
): Promise<ReadonlySet<string>> {
  const there = await Promise.all(queues.map((it) => isThere(connection, it)));
  return new Set(queues.filter((_, at) => there[at]));
}
