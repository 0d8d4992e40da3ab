import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  API_PREFIX,
  ENDPOINTS,
  ERRORS,
  type Endpoint,
  type ErrorCode,
  type In,
  type Out,
  problemType,
} from '@orion/contracts';

/** Refuses a call with the problem document of a code. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly extensions: object = {},
  ) {
    super(code);
  }
}

export interface Heard {
  id: string;
  params: unknown;
  query: unknown;
  body: unknown;
  headers: IncomingMessage['headers'];
}

type Handler = (input: Heard) => unknown;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
};

/** A local server that speaks the platform's contract: requests and replies are checked against its schemas. */
export class ContractServer {
  readonly heard: Heard[] = [];
  readonly tokens = new Set<string>();
  private readonly handlers = new Map<string, Handler>();
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  url = '';

  async start(port = 0): Promise<this> {
    await new Promise<void>((done) => this.server.listen(port, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  on<E extends Endpoint>(endpoint: E, handler: (input: In<E> & Heard) => Out<E> | Promise<Out<E>>): void {
    this.handlers.set(endpoint.id, handler as Handler);
  }

  callsOf(endpoint: Endpoint): Heard[] {
    return this.heard.filter(({ id }) => id === endpoint.id);
  }

  /** Sends one event to everybody who listens to the stream. */
  push(id: number, data: unknown): void {
    for (const stream of this.streams) stream.write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Breaks every open stream, as a restart of the gateway does. */
  breakStreams(): void {
    for (const stream of this.streams) stream.destroy();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    try {
      const { endpoint, heard } = await read(request);
      this.heard.push(heard);
      const token = request.headers.authorization?.replace('Bearer ', '');
      if (endpoint.access !== 'public' && !this.tokens.has(token ?? '')) throw new Refusal('UNAUTHENTICATED');
      const handler = this.handlers.get(endpoint.id);
      if (!handler) throw new Refusal('NOT_FOUND');
      const reply = await handler(heard);
      if (endpoint.stream) return this.open(response, reply);
      const body = endpoint.status === 204 ? undefined : JSON.stringify(endpoint.reply.parse(reply));
      response.writeHead(endpoint.status, { 'content-type': 'application/json', ...CORS }).end(body);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('INTERNAL', { detail: String(error) });
      const { status, title } = ERRORS[refusal.code];
      const problem = {
        type: problemType(refusal.code),
        title,
        status,
        code: refusal.code,
        ...refusal.extensions,
      };
      response
        .writeHead(status, { 'content-type': 'application/problem+json', ...CORS })
        .end(JSON.stringify(problem));
    }
  }

  private open(response: ServerResponse, missed: unknown): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...CORS });
    response.write(': connected\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    for (const it of missed as { position: number }[]) {
      response.write(`id: ${it.position}\ndata: ${JSON.stringify(it)}\n\n`);
    }
  }
}

async function read(request: IncomingMessage): Promise<{ endpoint: Endpoint; heard: Heard }> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  for (const endpoint of [...ENDPOINTS].sort((a, b) => a.path.split(':').length - b.path.split(':').length)) {
    const pattern = new RegExp(`^${API_PREFIX}${endpoint.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const match = pattern.exec(url.pathname);
    if (!match || endpoint.method !== request.method) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const check = (part: 'params' | 'query' | 'body', value: unknown) => {
      const result = endpoint.input[part]?.safeParse(value);
      if (result && !result.success) throw new Refusal('VALIDATION_FAILED', { detail: result.error.message });
      return result?.data;
    };
    const params = check('params', { ...match.groups });
    const query = check('query', Object.fromEntries(url.searchParams));
    const body = check('body', text === '' ? undefined : JSON.parse(text));
    return { endpoint, heard: { id: endpoint.id, params, query, body, headers: request.headers } };
  }
  throw new Refusal('NOT_FOUND');
}
