import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPino, Log } from '@orion/logger';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamEvent } from './server-sent-events';
import { StreamWriter } from './stream.writer';

const log = new Log(createPino('test', { level: 'silent' }));
const writer = new StreamWriter(log);

let server: Server;
let source: () => AsyncIterable<StreamEvent<unknown>>;
let done: Promise<unknown>;

beforeAll(async () => {
  server = createServer((_request, raw) => {
    done = writer
      .write({ raw, hijack: () => undefined }, source(), (data) => data)
      .catch((error: unknown) => {
        raw.writeHead(418).end();
        return error;
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A listener that reads what comes, or nothing at all. */
function listen(reads = true): { socket: Socket; heard: () => string } {
  let text = '';
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  if (reads) socket.on('data', (chunk) => (text += chunk.toString()));
  else socket.pause();
  return { socket, heard: () => text };
}

describe('a stream', () => {
  it('waits for a listener who does not read, and ends its source when they go', async () => {
    let made = 0;
    let ended = false;
    source = async function* () {
      try {
        for (; ; made += 1) {
          if (made % 100 === 0) await sleep(0);
          yield { data: 'x'.repeat(10_000) };
        }
      } finally {
        ended = true;
      }
    };
    const { socket } = listen(false);
    let before = -1;
    for (let i = 0; i < 100 && (made === 0 || made !== before); i += 1) {
      before = made;
      await sleep(100);
    }
    const stuck = made;
    await sleep(200);
    expect(made).toBe(stuck);
    socket.destroy();
    await done;
    await sleep(10);
    expect(ended).toBe(true);
  });

  it('ends when its source does, and passes the events on in order', async () => {
    source = async function* () {
      yield { id: '1', event: 'told', data: { a: 'b\nc' } };
      yield { id: '2\n3', data: null };
    };
    const { socket, heard } = listen();
    await done;
    await sleep(50);
    expect(heard()).toContain('id: 1\nevent: told\ndata: {"a":"b\\nc"}\n\n');
    expect(heard()).toContain('id: 2 3\ndata: null\n\n');
    socket.destroy();
  });

  it('is refused where its source refuses at once, and cut where it fails later', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('no'));
    source = () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) });
    const refused = listen();
    await sleep(50);
    expect(heardStatus(refused.heard())).toBe('418');
    source = async function* () {
      yield { data: 1 };
      throw new Error('no');
    };
    const cut = listen();
    await sleep(50);
    await done;
    expect(heardStatus(cut.heard())).toBe('200');
    expect(cut.heard()).toContain('data: 1');
    for (const { socket } of [refused, cut]) socket.destroy();
  });
});

const heardStatus = (text: string) => text.split(' ')[1];
