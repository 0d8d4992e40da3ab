import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPino, Log } from '@orion/logger';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamEvent } from './server-sent-events';
import { fileForm, type StreamForm } from './stream-form';
import { StreamWriter } from './stream.writer';

const log = new Log(createPino('test', { level: 'silent' }));
const writer = new StreamWriter(log);

let server: Server;
let source: () => AsyncIterable<StreamEvent<unknown>>;
let form: StreamForm | undefined;
/** Settles when the answer to the next listener has ended. */
let answered = Promise.withResolvers<void>();

beforeAll(async () => {
  server = createServer((_request, raw) => {
    const { resolve } = answered;
    writer
      .write({ raw, hijack: () => undefined }, source(), { shape: (data) => data, ...(form ? { form } : {}) })
      .catch(() => raw.writeHead(418).end())
      .finally(resolve);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** A listener that reads what comes, or nothing at all. */
function listen(reads = true): { socket: Socket; heard: Promise<string>; done: Promise<void> } {
  answered = Promise.withResolvers();
  let text = '';
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const heard = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  if (reads) socket.on('data', (chunk) => (text += chunk.toString()));
  else socket.pause();
  return { socket, heard, done: answered.promise };
}

describe('a stream', () => {
  it('waits for a listener who does not read, and ends its source when they go', async () => {
    let made = 0;
    let ended = false;
    source = async function* () {
      try {
        for (; ; made += 1) {
          if (made % 100 === 0) await sleep(0);
          yield { data: 'x'.repeat(200_000) };
        }
      } finally {
        ended = true;
      }
    };
    const { socket, done } = listen(false);
    let before = -1;
    while (made === 0 || made !== before) {
      before = made;
      await sleep(300);
    }
    socket.destroy();
    await done;
    await sleep(10);
    expect({ ended, more: made - before }).toEqual({ ended: true, more: 0 });
  });

  it('ends when its source does, and passes the events on in order', async () => {
    source = async function* () {
      yield { id: '1', event: 'told', data: { a: 'b\nc' } };
      yield { id: '2\n3', data: null };
    };
    const heard = await listen().heard;
    expect(heard).toContain('id: 1\nevent: told\ndata: {"a":"b\\nc"}\n\n');
    expect(heard).toContain('id: 2 3\ndata: null\n\n');
  });

  it('is refused where its source refuses at once, and cut where it fails later', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('no'));
    source = () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) });
    expect(await listen().heard).toMatch(/^HTTP\/1\.1 418 /);
    source = async function* () {
      yield { data: 1 };
      throw new Error('no');
    };
    const heard = await listen().heard;
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard).toContain('data: 1\n\n');
  });
});

describe('a file', () => {
  beforeAll(() => void (form = fileForm({ name: 'notes', types: { csv: 'text/csv' } }, 'csv')));
  afterAll(() => void (form = undefined));

  it('is written as it comes, with its name and nothing in between', async () => {
    source = async function* () {
      yield { data: 'a,b\n' };
      yield { data: '1,2\n' };
    };
    const heard = await listen().heard;
    expect(heard).toMatch(/content-type: text\/csv\r\n/);
    expect(heard).toMatch(/content-disposition: attachment; filename="notes.csv"\r\n/);
    const body = heard.slice(heard.indexOf('\r\n\r\n') + 4);
    expect(body).toBe('4\r\na,b\n\r\n4\r\n1,2\n\r\n0\r\n\r\n');
  });

  it('does not look whole where its source fails', async () => {
    source = async function* () {
      yield { data: 'a,b\n' };
      await sleep(20);
      throw new Error('no');
    };
    const heard = await listen().heard;
    expect(heard).toContain('a,b');
    expect(heard).not.toContain('0\r\n\r\n');
  });

  it('does not look whole either where the service stops', async () => {
    source = async function* () {
      yield { data: 'a,b\n' };
      await sleep(5_000);
      yield { data: '1,2\n' };
    };
    const { heard, done } = listen();
    await sleep(200);
    writer.beforeApplicationShutdown();
    await done;
    expect(await heard).not.toContain('0\r\n\r\n');
  });
});
