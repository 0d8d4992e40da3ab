import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotesController } from './support/notes.controller';
import { startNotes, tokenWith } from './support/notes.service';

let notes: Awaited<ReturnType<typeof startNotes>>;

beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

const open = (query = '', signal?: AbortSignal) =>
  fetch(`${notes.url}/api/v1/notes/stream${query}`, {
    headers: { authorization: `Bearer ${tokenWith()}` },
    signal,
  });

async function readUntil(response: Response, wanted: string): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes(wanted)) return text;
  }
  return text;
}

const untilClosed = async () => {
  for (let i = 0; i < 100 && NotesController.watching > 0; i += 1) await sleep(20);
  return NotesController.watching;
};

describe('an endpoint that streams', () => {
  it('sends server-sent events with the ids to resume from', async () => {
    const leave = new AbortController();
    const response = await open('?after=7', leave.signal);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-correlation-id')).toMatch(/.{8,}/);
    const text = await readUntil(response, 'id: 9\n');
    expect(text).toContain('id: 8\ndata: {"position":8}\n\n');
    leave.abort();
  });

  it('ends its source when the listener goes', async () => {
    const leave = new AbortController();
    await readUntil(await open('', leave.signal), 'id: 2\n');
    leave.abort();
    expect(await untilClosed()).toBe(0);
  });

  it('refuses as any other endpoint does, before the stream begins', async () => {
    const response = await open('?after=-1');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/problem\+json/);
    const refused = await open('?after=404');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      404,
      expect.stringMatching(/problem\+json/),
    ]);
    const stranger = await fetch(`${notes.url}/api/v1/notes/stream`);
    expect(stranger.status).toBe(401);
  });

  it('ends its listeners when the service stops, instead of waiting for them', async () => {
    const other = await startNotes();
    const response = await fetch(`${other.url}/api/v1/notes/stream`, {
      headers: { authorization: `Bearer ${tokenWith()}` },
    });
    const all = readUntil(response, 'never');
    await sleep(100);
    const begun = performance.now();
    await other.close();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(await all).toContain('id: 1\n');
    expect(await untilClosed()).toBe(0);
  });
});
