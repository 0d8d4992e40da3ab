import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiProblem, type Client, type ClientOptions, createClient } from '../src';
import { addNote, cut, json, listNotes, problem, removeNote, renameNote, StandIn } from './support';

const ID = '0198a3b0-0000-7000-8000-000000000001';
const NOTE = { id: ID, text: 'hello' };
const platform = new StandIn();

beforeAll(() => platform.open());
afterAll(() => platform.close());

const client = (options: Partial<ClientOptions> = {}): Client =>
  createClient({ baseUrl: `${platform.url}/`, ...options });

const caught = async (work: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await work.catch((it: unknown) => it);
  if (error instanceof ApiProblem) return error;
  throw new Error(`no problem, but ${String(error)}`);
};

describe('a call', () => {
  it('goes where its contract says, with parameters, query, body and headers', async () => {
    platform.answer(json(200, NOTE));
    await client({ token: () => 'token' }).call(
      renameNote,
      { params: { id: ID }, body: { text: 'x' } },
      { correlationId: 'corr-0001' },
    );
    expect(platform.heard[0]).toMatchObject({
      method: 'PATCH',
      url: `/api/v1/notes/${ID}`,
      body: '{"text":"x"}',
      headers: {
        authorization: 'Bearer token',
        'content-type': 'application/json',
        'x-correlation-id': 'corr-0001',
        accept: 'application/json',
      },
    });
    expect(platform.heard[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('needs no input where everything is optional, and leaves out what is undefined', async () => {
    platform.answer(json(200, { items: [] }));
    await client().call(listNotes);
    await client().call(listNotes, {});
    await client().call(listNotes, { query: { limit: 5, cursor: undefined, tag: ['a b', 'c'] } });
    expect(platform.heard.map((it) => it.url)).toEqual([
      '/api/v1/notes',
      '/api/v1/notes',
      '/api/v1/notes?limit=5&tag=a+b&tag=c',
    ]);
  });

  it('answers with the reply as its contract shapes it', async () => {
    platform.answer(json(200, { items: [{ ...NOTE, added: 'later' }], also: 1 }));
    expect(await client().call(listNotes)).toEqual({ items: [NOTE] });
  });

  it('takes 204 for nothing and sends no token where none is needed', async () => {
    platform.answer((response) => response.writeHead(204).end());
    expect(await client({ token: () => 'token' }).call(removeNote, { params: { id: ID } })).toBeUndefined();
    expect(platform.heard[0]?.headers).not.toHaveProperty('authorization');
  });

  it('makes up an idempotency key where one is required, or sends the given one', async () => {
    platform.answer(json(201, NOTE));
    await client().call(addNote, { body: { text: 'x' } });
    await client().call(addNote, { body: { text: 'x' } }, { idempotencyKey: 'mine' });
    expect(platform.heard.map((it) => it.headers['idempotency-key'])).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      'mine',
    ]);
  });
});

describe('a refusal', () => {
  it('is the problem document', async () => {
    platform.answer(
      problem(409, 'SLOT_TAKEN', { detail: 'Nine is taken', errors: [{ field: 'body.text', reason: 'no' }] }),
    );
    const error = await caught(client().call(listNotes));
    expect({ status: error.status, code: error.code, message: error.message, fields: error.fields }).toEqual({
      status: 409,
      code: 'SLOT_TAKEN',
      message: 'SLOT_TAKEN: Nine is taken',
      fields: { 'body.text': 'no' },
    });
    expect(error.problem.type).toBe('about:blank');
  });

  it('without one is a problem all the same', async () => {
    platform.answer((response) => response.writeHead(502).end('<h1>Bad gateway</h1>'));
    expect(await caught(client().call(listNotes))).toMatchObject({ status: 502, code: 'UNREADABLE_ANSWER' });
    platform.answer((response) => response.writeHead(200).end('<h1>Welcome</h1>'));
    expect(await caught(client().call(listNotes))).toMatchObject({ code: 'UNREADABLE_ANSWER' });
  });

  it('of another shape than the contract is an error', async () => {
    platform.answer(json(200, { items: [{ id: 'x' }] }));
    await expect(client().call(listNotes)).rejects.toThrow(/Invalid/);
  });
});

describe('no answer at all', () => {
  it('is a problem with status 0', async () => {
    platform.answer(cut);
    expect(await caught(client().call(listNotes))).toMatchObject({ status: 0, code: 'NETWORK_UNREACHABLE' });
    platform.answer((response) =>
      response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
    );
    expect(await caught(client().call(listNotes))).toMatchObject({ status: 0 });
  });

  it('in time is one too', async () => {
    platform.answer(() => undefined);
    const error = await caught(client().call(listNotes, {}, { timeoutMs: 50 }));
    expect(error).toMatchObject({ status: 0, message: expect.stringContaining('in time') });
  });

  it('because the caller gave up is the caller’s own abort', async () => {
    platform.answer(() => undefined);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    await expect(client().call(listNotes, {}, { signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('a 401', () => {
  it('is put right once, with the new token', async () => {
    let token = 'old';
    platform.answer(problem(401, 'UNAUTHENTICATED'), json(200, { items: [] }));
    const onUnauthorized = () => {
      token = 'new';
      return Promise.resolve(true);
    };
    await client({ token: () => Promise.resolve(token), onUnauthorized }).call(listNotes);
    expect(platform.heard.map((it) => it.headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('stays where there is no new token, or the new one is refused as well', async () => {
    platform.answer(problem(401, 'UNAUTHENTICATED'));
    let told = 0;
    const onUnauthorized = () => void (told += 1);
    expect((await caught(client({ onUnauthorized }).call(listNotes))).status).toBe(401);
    expect(platform.heard).toHaveLength(1);
    expect((await caught(client({ onUnauthorized: () => true }).call(listNotes))).status).toBe(401);
    expect(platform.heard).toHaveLength(3);
    expect((await caught(client({ onUnauthorized }).call(removeNote, { params: { id: ID } }))).status).toBe(
      401,
    );
    expect(told).toBe(1);
  });
});

describe('patience', () => {
  it('repeats reads, and writes with their key, while the platform is away', async () => {
    platform.answer(
      cut,
      problem(503, 'UPSTREAM_UNAVAILABLE'),
      problem(409, 'REQUEST_IN_PROGRESS'),
      json(201, NOTE),
    );
    expect(await client({ patienceMs: 10_000 }).call(addNote, { body: { text: 'x' } })).toEqual(NOTE);
    expect(platform.heard).toHaveLength(4);
    expect(new Set(platform.heard.map((it) => it.headers['idempotency-key'])).size).toBe(1);
  });

  it('waits as long as it is told', async () => {
    platform.answer(problem(429, 'TOO_MANY_REQUESTS', {}, { 'retry-after': '1' }), json(200, { items: [] }));
    const begun = performance.now();
    await client({ patienceMs: 10_000 }).call(listNotes);
    expect(performance.now() - begun).toBeGreaterThan(990);
  });

  it('has an end, and can be ended', async () => {
    platform.answer(problem(503, 'UPSTREAM_UNAVAILABLE'));
    expect((await caught(client({ patienceMs: 500 }).call(listNotes))).status).toBe(503);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    const call = client({ patienceMs: 60_000 }).call(listNotes, {}, { signal: abort.signal });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('never repeats a write without a key, nor what will not pass', async () => {
    platform.answer(problem(503, 'UPSTREAM_UNAVAILABLE'));
    const rename = client({ patienceMs: 5_000 }).call(renameNote, {
      params: { id: ID },
      body: { text: 'x' },
    });
    expect((await caught(rename)).status).toBe(503);
    expect(platform.heard).toHaveLength(1);
    platform.answer(problem(404, 'NOT_FOUND'));
    await caught(client({ patienceMs: 5_000 }).call(listNotes));
    expect(platform.heard).toHaveLength(1);
  });
});
