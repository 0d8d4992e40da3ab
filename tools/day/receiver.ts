import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  /** Distinct `webhook-id`s whose signature was good, of this and earlier sittings of the run. */
  ids: Set<string>;
  /** Event id by webhook id. */
  eventIds: Map<string, string>;
  rejected: number;
}

export interface Receiver {
  port: number;
  received: Received;
  trust(secret: string): void;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A webhook receiver as an integrator would write it; every accepted id is on disk before the answer. */
export async function startReceiver(journal: string, port: number | undefined): Promise<Receiver> {
  const received: Received = { ids: new Set(), eventIds: new Map(), rejected: 0 };
  const keep = (id: string, eventId: string) => {
    received.ids.add(id);
    received.eventIds.set(id, eventId);
  };
  if (existsSync(journal)) {
    for (const line of readFileSync(journal, 'utf8').split('\n').filter(Boolean)) {
      const [id, eventId] = line.split(' ');
      if (id && eventId) keep(id, eventId);
    }
  }
  let webhook: Webhook | undefined;
  const server = createServer(async (request, response) => {
    try {
      const body = await read(request);
      if (!webhook) throw new Error('no secret yet');
      const payload = webhook.verify(body, request.headers as Record<string, string>) as { eventId: string };
      const id = String(request.headers['webhook-id']);
      if (!received.ids.has(id)) appendFileSync(journal, `${id} ${payload.eventId}\n`);
      keep(id, payload.eventId);
      response.writeHead(204).end();
    } catch {
      received.rejected += 1;
      response.writeHead(webhook ? 400 : 503).end();
    }
  });
  const listen = (wanted: number) =>
    new Promise<void>((done, fail) => server.once('error', fail).listen(wanted, '127.0.0.1', () => done()));
  await listen(port ?? 0).catch(() => listen(0));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    trust: (secret) => {
      webhook = new Webhook(secret);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
