import { endpoint, Id, IdParams, Nothing, pageQuery } from '@orion/contracts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const notes = { service: 'user', summary: 'For tests' } as const;
const Note = z.object({ id: Id, text: z.string() });

export const listNotes = endpoint({
  ...notes,
  id: 'notes.list',
  method: 'GET',
  path: '/notes',
  access: 'authenticated',
  input: { query: z.strictObject({ ...pageQuery, tag: z.array(z.string()).optional() }) },
  reply: z.object({ items: z.array(Note) }),
});

export const addNote = endpoint({
  ...notes,
  id: 'notes.add',
  method: 'POST',
  path: '/notes',
  access: 'authenticated',
  idempotency: 'required',
  status: 201,
  input: { body: z.strictObject({ text: z.string() }) },
  reply: Note,
});

export const renameNote = endpoint({
  ...notes,
  id: 'notes.rename',
  method: 'PATCH',
  path: '/notes/:id',
  access: 'authenticated',
  input: { params: IdParams, body: z.strictObject({ text: z.string() }) },
  reply: Note,
});

export const removeNote = endpoint({
  ...notes,
  id: 'notes.remove',
  method: 'DELETE',
  path: '/notes/:id',
  access: 'public',
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
});

export const watchNotes = endpoint({
  ...notes,
  id: 'notes.watch',
  method: 'GET',
  path: '/notes/stream',
  access: 'authenticated',
  stream: true,
  reply: z.object({ position: z.number() }),
});

export interface Heard {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Answer = (response: ServerResponse, heard: Heard) => void;

/** A platform whose answers the test writes; it keeps what it heard. */
export class StandIn {
  readonly heard: Heard[] = [];
  url = '';
  private answers: Answer[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const heard = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      this.heard.push(heard);
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
      answer?.(response, heard);
    });
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** One answer after another; the last one stays. */
  answer(...answers: Answer[]): void {
    this.heard.length = 0;
    this.answers = answers;
  }

  close(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

export const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

export const problem = (
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Answer => json(status, { type: 'about:blank', title: code, status, code, ...more }, headers);

export const cut: Answer = (response) => response.destroy();
