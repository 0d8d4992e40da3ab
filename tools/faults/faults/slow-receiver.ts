import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowReceiver {
  url: string;
  /** How many requests it has in hand. */
  inHand(): number;
  close(): Promise<void>;
}

/** A webhook receiver that takes its time with every answer. */
export async function startSlowReceiver(takesMs: number): Promise<SlowReceiver> {
  let inHand = 0;
  const server = createServer((request, response) => {
    inHand += 1;
    request.resume();
    response.once('close', () => (inHand -= 1));
    setTimeout(() => response.writeHead(204).end(), takesMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    inHand: () => inHand,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
