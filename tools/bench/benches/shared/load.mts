import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** What the bench asks of this process: send on each connection one request after the other. */
export interface Order {
  port: number;
  /** As they go over the wire; connections take turns with them. */
  requests: string[];
  connections: number;
  milliseconds: number;
  /** Milliseconds from one request of a connection to its next; left out, the next follows the answer at once. */
  everyMs?: number;
}

export interface Yield {
  requests: number;
  /** Answers other than 200. */
  failures: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const OK = Buffer.from('HTTP/1.1 200 ');

/** Bytes of the first answer in a buffer; undefined while its head is not complete. */
function lengthOf(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('an answer without content-length');
  return end + HEAD_END.length + Number(length);
}

const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

function work({ port, requests: texts, connections, milliseconds, everyMs = 0 }: Order): Promise<Yield> {
  const requests = texts.map((it) => Buffer.from(it));
  const durations: number[] = [];
  const sockets = new Set<Socket>();
  let failures = 0;
  let turn = 0;
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const stop = (): number => {
      for (const socket of sockets) socket.destroy();
      return performance.now();
    };
    const finish = (): void => {
      const seconds = (stop() - begun) / 1000;
      const sorted = Float64Array.from(durations).sort();
      const [p50, p95, p99] = [at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99)];
      resolve({ requests: durations.length, failures, seconds, p50, p95, p99 });
    };
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    setTimeout(finish, milliseconds);
    for (let i = 0; i < connections; i += 1) {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      let dueAt = begun + (i * everyMs) / connections;
      let rest: Buffer | undefined;
      const send = (): void => {
        sentAt = performance.now();
        socket.write(requests[turn] as Buffer);
        turn = (turn + 1) % requests.length;
      };
      const sendWhenDue = (): void => {
        dueAt += everyMs;
        const wait = dueAt - performance.now();
        if (wait > 0) setTimeout(send, wait);
        else send();
      };
      sockets.add(socket);
      socket.on('connect', sendWhenDue);
      socket.on('error', fail);
      socket.on('end', () => fail(new Error('a connection was closed')));
      socket.on('data', (chunk: Buffer) => {
        const bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
        const length = lengthOf(bytes);
        if (length === undefined || bytes.length < length) {
          rest = bytes;
          return;
        }
        rest = undefined;
        durations.push(performance.now() - sentAt);
        if (!bytes.subarray(0, OK.length).equals(OK)) failures += 1;
        sendWhenDue();
      });
    }
  });
}

process.on('message', (order: Order) => {
  work(order).then(
    (done) => process.send?.(done),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ port: 0 });
