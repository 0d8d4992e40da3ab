import { afterEach, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Watch } from '../src/watch';

let server: Server | undefined;

afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

it('looks before, meanwhile and until the outboxes are empty', async () => {
  const state = { waiting: 0, lockTimeouts: 7, backlog: 0 };
  server = createServer((_request, response) =>
    response.end(
      [
        `database_pool_connections{role="app",kind="waiting"} ${state.waiting}`,
        `database_lock_timeouts_total ${state.lockTimeouts}`,
        `orion_outbox_backlog{service="sample"} ${state.backlog}`,
      ].join('\n'),
    ),
  );
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const watch = new Watch([`http://127.0.0.1:${port}`]);
  await watch.begin();
  Object.assign(state, { waiting: 4, backlog: 30, lockTimeouts: 8 });
  await new Promise((later) => setTimeout(later, 2_500));
  expect(watch.pressure).toMatchObject({ waiting: 4, backlogLeft: 30 });
  setTimeout(() => Object.assign(state, { waiting: 0, backlog: 0 }), 14_000).unref();
  expect(await watch.end()).toEqual({
    waiting: 4,
    poolTimeouts: 0,
    lockTimeouts: 1,
    backlog: 30,
    backlogLeft: 0,
  });
});

it('refuses to begin where a service does not answer', async () => {
  await expect(new Watch(['http://127.0.0.1:9']).begin()).rejects.toThrow();
});
