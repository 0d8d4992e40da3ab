import { type ConfirmChannel, connect, type GetMessage } from 'amqplib';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RawMessage {
  key: string;
  body: Buffer;
  /** Under this id a dead letter of it is kept. */
  messageId?: string;
}

export async function atBroker<T>(url: string, work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const connection = await connect(url);
  try {
    return await work(await connection.createConfirmChannel());
  } finally {
    await connection.close();
  }
}

/** Puts bytes on an exchange as a producer that went wrong would; resolves when the broker has them. */
export const publishRaw = (url: string, exchange: string, messages: readonly RawMessage[]): Promise<void> =>
  atBroker(url, async (channel) => {
    for (const { key, body, messageId } of messages) {
      channel.publish(exchange, key, body, { persistent: true, messageId });
    }
    await channel.waitForConfirms();
  });

/** Messages that wait in a queue, those in the hands of a consumer not counted. */
export const waitingIn = (url: string, queue: string): Promise<number> =>
  atBroker(url, async (channel) => (await channel.checkQueue(queue)).messageCount);

/** Waits until a queue holds no message any more. */
export const untilEmpty = (url: string, queue: string, withinMs: number): Promise<void> =>
  atBroker(url, async (channel) => {
    for (const until = Date.now() + withinMs; ; await sleep(200)) {
      const { messageCount } = await channel.checkQueue(queue);
      if (messageCount === 0) return;
      if (Date.now() > until) throw new Error(`${messageCount} messages still wait in ${queue}`);
    }
  });

/** Takes the messages that `isMine` out of a queue; the others go back when the connection closes. */
export const takeOut = (
  url: string,
  queue: string,
  isMine: (message: GetMessage) => boolean,
): Promise<GetMessage[]> =>
  atBroker(url, async (channel) => {
    const mine: GetMessage[] = [];
    for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
      if (!isMine(message)) continue;
      channel.ack(message);
      mine.push(message);
    }
    // Without a question after them, the last acknowledgements may be lost when the connection closes.
    await channel.checkQueue(queue);
    return mine;
  });
