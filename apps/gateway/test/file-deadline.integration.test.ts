import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { Answer } from '../src/routing/answer.http';
import { type Deadlines, Delivery } from '../src/routing/delivery.http';
import { startUpstream, type Upstream } from './support/upstream';

let upstream: Upstream;
let pool: Pool;
let door: Server;
let deadlines: Deadlines;

beforeAll(async () => {
  upstream = await startUpstream();
  pool = new Pool(upstream.url);
  door = createServer((request, response) => {
    const answer = new Answer(response, [], []);
    new Delivery(request, answer, undefined, deadlines)
      .attemptWith(pool, { method: 'GET', path: '/' })
      .catch(() => response.writeHead(504).end());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await pool.destroy();
  await upstream.stop();
  door.closeAllConnections();
  door.close();
});

const get = () => fetch(`http://127.0.0.1:${(door.address() as AddressInfo).port}`);

/** Answers with two lines, the second after a while. */
const inTwo = (pauseMs: number) =>
  upstream.answer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write('{}\n');
    setTimeout(() => response.end('{}\n'), pauseMs);
  });

it('lets a file that has begun take longer than a reply', async () => {
  inTwo(600);
  deadlines = { answerMs: 200, fileMs: 5_000 };
  expect(await (await get()).text()).toBe('{}\n{}\n');
  deadlines = { answerMs: 200 };
  await expect(get().then((it) => it.text())).rejects.toThrow();
});

it('breaks off a file at its own deadline, so that it does not look whole', async () => {
  inTwo(2_000);
  deadlines = { answerMs: 5_000, fileMs: 200 };
  await expect(get().then((it) => it.text())).rejects.toThrow();
});

it('does not wait longer for a file to begin than for a reply', async () => {
  upstream.answer(() => undefined);
  deadlines = { answerMs: 200, fileMs: 5_000 };
  expect((await get()).status).toBe(504);
});
