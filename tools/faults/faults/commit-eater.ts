import { createServer, type AddressInfo, connect, type Socket } from 'node:net';

export interface CommitEater {
  port: number;
  /** From now on the answer to the next COMMIT is kept back and its connection cut. */
  arm(): void;
  eaten(): number;
  close(): Promise<void>;
}

const COMMIT = Buffer.from('COMMIT');

/** Stands between a service and PostgreSQL; PostgreSQL commits, and the service never hears of it. */
export async function startCommitEater(target: { host: string; port: number }): Promise<CommitEater> {
  let armed = false;
  let eaten = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    let eating = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => {
      if (armed && bytes.includes(COMMIT)) {
        armed = false;
        eating = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!eating) return void client.write(bytes);
      // PostgreSQL tags the answer with the same word: the transaction is durable now.
      if (bytes.includes(COMMIT)) {
        eaten += 1;
        client.destroy();
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return {
    port: (server.address() as AddressInfo).port,
    arm: () => {
      armed = true;
    },
    eaten: () => eaten,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
