import { createServer } from 'node:net';

/** Whether nobody listens on a port of this machine's loopback address. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => settle(true)));
  });
}

/** A port with free neighbours above it, `count` in all. */
export async function freeRange(from: number, count: number): Promise<number> {
  for (let first = from; first + count < 32_768; first += count) {
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map((port) => isFree(port)));
    if (free.every(Boolean)) return first;
  }
  throw new RangeError(`no ${count} free ports above ${from}`);
}
