import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Upstream {
  url: string;
  received: Received[];
  /** Replaces how it answers. */
  answer(handler: Handler): void;
  /** Called as soon as a request's head is there, before its body is read. */
  onHead(handler: ((request: IncomingMessage) => void) | undefined): void;
  stop(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
}

const ok: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"fine":true}');
};

/** A service as the gateway sees it: a real HTTP server. */
export async function startUpstream(): Promise<Upstream> {
  const received: Received[] = [];
  let handler = ok;
  let head: ((request: IncomingMessage) => void) | undefined;
  const server = createServer((request, response) => {
    head?.(request);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      handler(request, response, body);
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (next) => (handler = next),
    onHead: (next) => (head = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    restart: () => listen(port),
  };
}
