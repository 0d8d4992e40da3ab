import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '../src';
import { problem, StandIn, watchNotes } from './support';
import type { ServerResponse } from 'node:http';

const platform = new StandIn();

beforeAll(() => platform.open());
afterAll(() => platform.close());

const begin = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

const tell = (...positions: number[]) =>
  positions.map((it) => `id: ${it}\ndata: {"position":${it}}\n\n`).join('');

const client = (options: object = {}) =>
  createClient({ baseUrl: platform.url, token: () => 'token', ...options });

/** Hears until so many events have come; answers with their positions. */
async function hear(count: number, options: { lastEventId?: string } = {}, more: object = {}) {
  const stop = new AbortController();
  const positions: number[] = [];
  const connected: boolean[] = [];
  await client(more).stream(
    watchNotes,
    {},
    {
      ...options,
      signal: stop.signal,
      onConnected: (it) => connected.push(it),
      onEvent: ({ id, data }) => {
        expect(id).toBe(String(data.position));
        positions.push(data.position);
        if (positions.length === count) stop.abort();
      },
    },
  );
  return { positions, connected };
}

describe('a stream', () => {
  it('is heard with the token, from where it is to resume', async () => {
    platform.answer((response) => begin(response).write(`: heartbeat\n\n${tell(8, 9)}`));
    expect(await hear(2, { lastEventId: '7' })).toEqual({ positions: [8, 9], connected: [true] });
    expect(platform.heard[0]?.headers).toMatchObject({
      authorization: 'Bearer token',
      accept: 'text/event-stream',
      'last-event-id': '7',
    });
  });

  it('is taken up again after the last event when the connection is lost or the platform away', async () => {
    platform.answer(
      (response) => begin(response).end(`retry: 10\n\n${tell(1, 2)}`),
      problem(503, 'UPSTREAM_UNAVAILABLE'),
      (response) => begin(response).write(tell(3)),
    );
    expect(await hear(3)).toEqual({ positions: [1, 2, 3], connected: [true, false, false, true] });
    expect(platform.heard.map((it) => it.headers['last-event-id'])).toEqual([undefined, '2', '2']);
  });

  it('gets a new token when the old one has ended', async () => {
    let token = 'old';
    platform.answer(problem(401, 'UNAUTHENTICATED'), (response) => begin(response).write(tell(1)));
    const onUnauthorized = () => {
      token = 'new';
      return true;
    };
    expect((await hear(1, {}, { token: () => token, onUnauthorized })).positions).toEqual([1]);
    expect(platform.heard.map((it) => it.headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('that is refused says why', async () => {
    platform.answer(problem(403, 'FORBIDDEN'));
    await expect(hear(1)).rejects.toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('ends with an error where an event has another shape', async () => {
    platform.answer((response) => begin(response).write('data: {"position":"one"}\n\n'));
    await expect(hear(1)).rejects.toThrow(/Invalid/);
  });

  it('ends at once where the caller has left already', async () => {
    platform.answer((response) => begin(response).write(tell(1)));
    const stream = client().stream(watchNotes, {}, { signal: AbortSignal.abort(), onEvent: () => undefined });
    await expect(stream).resolves.toBeUndefined();
  });

  it('that the platform ends for good is over', async () => {
    platform.answer((response) => response.writeHead(204).end());
    await expect(client().stream(watchNotes, {}, { onEvent: () => undefined })).resolves.toBeUndefined();
  });
});
