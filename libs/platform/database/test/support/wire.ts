import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Wire {
  /** The server's address, through the wire. */
  through(url: string): string;
  /** How often the client has spoken since the server last did, counted anew from here. */
  count(): () => number;
  close(): Promise<void>;
}

/** Stands between a client and PostgreSQL and counts how often it is the client's turn to wait. */
export async function openWire(to: string): Promise<Wire> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let turns = 0;
  const server = createServer((client) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    let waiting = false;
    client.on('data', (bytes) => {
      if (!waiting) turns++;
      waiting = true;
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      waiting = false;
      client.write(bytes);
    });
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    through(url) {
      const own = new URL(url);
      own.hostname = '127.0.0.1';
      own.port = String((server.address() as AddressInfo).port);
      return own.href;
    },
    count() {
      const before = turns;
      return () => turns - before;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
