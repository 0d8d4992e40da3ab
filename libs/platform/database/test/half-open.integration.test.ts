import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { WatchedPool } from '../src/watched.pool';
import { adminUrl } from './support/sample';

const TIMEOUT_MS = 300;

let server: Server;
let through: URL;
let pool: WatchedPool;
let lines: { open: boolean }[];

/** What the server says on the connections there are is lost from now on; new ones work. */
const freeze = () => {
  for (const line of lines) line.open = false;
};

beforeEach(async () => {
  const target = new URL(adminUrl());
  lines = [];
  server = createServer((socket: Socket) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    const line = { open: true };
    lines.push(line);
    database.on('data', (data) => line.open && socket.write(data));
    socket.pipe(database);
    for (const it of [socket, database]) it.on('error', () => undefined);
    socket.on('close', () => database.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await pool.end();
  await new Promise((closed) => server.close(closed));
});

function poolOf(max: number): WatchedPool {
  const made = new WatchedPool({ connectionString: through.href, max, query_timeout: TIMEOUT_MS });
  made.on('error', () => undefined);
  return made;
}

it('a connection that answers nothing is left, and the pool goes on with another', async () => {
  pool = poolOf(1);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  freeze();
  const held = await pool.connect();
  held.on('error', () => undefined);
  await expect(held.query('SELECT 2')).rejects.toThrow('Query read timeout');
  await expect(held.query('ROLLBACK')).rejects.toThrow();
  held.release();
  expect((await pool.query('SELECT 3 AS three')).rows).toEqual([{ three: 3 }]);
  expect(lines).toHaveLength(2);
});

it.each(['of the pool', 'of one connection'])(
  'idle connections are left with it, so one caller waits for one timeout: a query %s',
  async (whose) => {
    pool = poolOf(4);
    await Promise.all([1, 2, 3, 4].map(() => pool.query('SELECT pg_sleep(0.05)')));
    expect(pool.idleCount).toBe(4);
    freeze();
    const started = performance.now();
    if (whose === 'of the pool') {
      await expect(pool.query('SELECT 1')).rejects.toThrow('Query read timeout');
    } else {
      const held = await pool.connect();
      held.on('error', () => undefined);
      await expect(held.query('SELECT 1')).rejects.toThrow('Query read timeout');
      await expect(held.query('ROLLBACK')).rejects.toThrow();
      held.release();
    }
    expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
    expect(performance.now() - started).toBeLessThan(2 * TIMEOUT_MS);
  },
);
