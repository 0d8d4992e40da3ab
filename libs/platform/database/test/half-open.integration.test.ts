import { expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Pool } from 'pg';
import { WatchedClient } from '../src/watched.client';
import { adminUrl } from './support/sample';

it('a connection that answers nothing is left, and the pool goes on with another', async () => {
  const target = new URL(adminUrl());
  const frozen = new Set<Socket>();
  let freeze = false;
  const server = createServer((socket) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    const own = !freeze;
    database.on('data', (data) => (freeze && own ? frozen.add(socket) : socket.write(data)));
    socket.pipe(database);
    for (const it of [socket, database]) it.on('error', () => undefined);
    socket.on('close', () => database.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const pool = new Pool({
    Client: WatchedClient,
    connectionString: through.href,
    max: 1,
    query_timeout: 200,
  });
  pool.on('error', () => undefined);

  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  freeze = true;
  const held = await pool.connect();
  held.on('error', () => undefined);
  await expect(held.query('SELECT 2')).rejects.toThrow('Query read timeout');
  await expect(held.query('ROLLBACK')).rejects.toThrow();
  held.release();
  expect((await pool.query('SELECT 3 AS three')).rows).toEqual([{ three: 3 }]);
  expect(frozen.size).toBe(1);

  await pool.end();
  await new Promise((closed) => server.close(closed));
});
