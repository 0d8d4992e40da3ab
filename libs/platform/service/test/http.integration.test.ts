import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@orion/contracts';
import { connect } from 'node:net';
import { PERSON, startNotes, tokenWith } from './support/notes.service';

const ID = '0198a3b0-0000-7000-8000-000000000001';

let notes: Awaited<ReturnType<typeof startNotes>>;

beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

interface Sent {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function send(path: string, { method = 'GET', token, headers = {}, body }: Sent = {}) {
  const response = await fetch(notes.url + path, {
    method,
    body,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  const text = await response.text();
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : text;
  return {
    status: response.status,
    headers: response.headers,
    text,
    value: value as Record<string, unknown>,
  };
}

const add = (body: unknown, more: Sent = {}) =>
  send('/api/v1/notes', {
    method: 'POST',
    token: tokenWith('customer.manage'),
    headers: { 'idempotency-key': 'key-1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...more,
  });

function expectProblem(answer: Awaited<ReturnType<typeof send>>, status: number, code: string): Problem {
  expect({ ...answer.value, status: answer.status }).toMatchObject({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.value).toMatchObject({
    status,
    type: expect.stringMatching(/^https:\/\/orion\.dev\/problems\//),
  });
  return answer.value as unknown as Problem;
}

describe('a call that is right', () => {
  it('answers with status, reply and correlation id of the contract', async () => {
    const answer = await add(
      { text: '  hello ' },
      { headers: { 'idempotency-key': 'k', 'x-correlation-id': 'trace-me-1' } },
    );
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-correlation-id')).toBe('trace-me-1');
    expect(answer.value).toEqual({
      id: ID,
      text: 'hello',
      tags: [],
      by: PERSON.userId,
      organizationId: PERSON.organizationId,
      key: 'k',
      address: '127.0.0.1',
    });
  });

  it('coerces and defaults the query and leaves out what the reply does not name', async () => {
    const answer = await send('/api/v1/notes?limit=7', { token: tokenWith() });
    expect(answer.value).toMatchObject({ limit: 7 });
    expect(answer.value).not.toHaveProperty('inner');
    expect((await send('/api/v1/notes', { token: tokenWith() })).value).toMatchObject({ limit: 50 });
  });

  it('answers 204 without a body', async () => {
    const answer = await send(`/api/v1/notes/${ID}`, { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers.get('content-type')).toBeNull();
  });

  it('makes up a correlation id where the caller sends none, or a strange one', async () => {
    for (const sent of [undefined, 'short', 'x'.repeat(129), 'spaces are not sane']) {
      const answer = await send(`/api/v1/notes/${ID}`, { headers: sent ? { 'x-correlation-id': sent } : {} });
      expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('sends the headers of helmet', async () => {
    const { headers } = await send(`/api/v1/notes/${ID}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('answers HEAD as GET, without the body', async () => {
    expect(await send(`/api/v1/notes/${ID}`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });
});

describe('input that is wrong', () => {
  it('names each refused field with its reason', async () => {
    const problem = expectProblem(
      await add({ text: 3, tags: ['a', 1], extra: true }),
      400,
      'VALIDATION_FAILED',
    );
    expect(problem.errors).toEqual([
      { field: 'body.text', reason: expect.any(String) },
      { field: 'body.tags.1', reason: expect.any(String) },
      { field: 'body.extra', reason: 'is not known here' },
    ]);
    expect(problem).toMatchObject({ instance: '/api/v1/notes', correlationId: expect.any(String) });
  });

  it.each([
    ['an unknown query field', '/api/v1/notes?limit=1&nope=1', 'query.nope'],
    ['a repeated query field', '/api/v1/notes?limit=1&limit=2', 'query.limit'],
    ['a prototype in the query', '/api/v1/notes?__proto__=1', 'query.__proto__'],
    ['a NUL in the query', '/api/v1/notes?search=a%00b', 'query.search'],
    ['a limit out of range', '/api/v1/notes?limit=100000', 'query.limit'],
    ['a query where none is known', `/api/v1/notes/${ID}?a=1`, 'query.a'],
    ['a path parameter of the wrong shape', '/api/v1/notes/17', 'params.id'],
    ['a NUL in a path parameter', '/api/v1/notes/a%00b', 'params.id'],
  ])('refuses %s', async (_, path, field) => {
    const problem = expectProblem(await send(path, { token: tokenWith() }), 400, 'VALIDATION_FAILED');
    expect(problem.errors).toEqual([{ field, reason: expect.any(String) }]);
  });

  it.each([
    ['a body where none is known', { method: 'POST', body: '{"a":1}' }, '/api/v1/notes/fail/rule', 'body.a'],
    ['an array where no body is known', { method: 'POST', body: '[1]' }, '/api/v1/notes/fail/rule', 'body'],
  ])('refuses %s', async (_, sent, path, field) => {
    const problem = expectProblem(await send(path, sent), 400, 'VALIDATION_FAILED');
    expect(problem.errors).toEqual([{ field, reason: 'is not known here' }]);
  });

  it('refuses a NUL character at any depth, in values and in names', async () => {
    expectProblem(await add({ text: 'a\0b' }), 400, 'VALIDATION_FAILED');
    expectProblem(await add({ text: 'a', more: { deep: [{ 'x\0': 1 }] } }), 400, 'VALIDATION_FAILED');
  });

  it('refuses a missing body and an empty one alike', async () => {
    expectProblem(await add(''), 400, 'VALIDATION_FAILED');
    expectProblem(await add('', { body: undefined }), 400, 'VALIDATION_FAILED');
    expectProblem(await add('null'), 400, 'VALIDATION_FAILED');
  });

  it.each([
    ['malformed JSON', '{"text":'],
    ['a prototype in the body', '{"text":"a","__proto__":{"admin":true}}'],
    ['a prototype further down', '{"text":"a","more":{"a":[{"__proto__":{}}]}}'],
    ['a constructor prototype', '{"text":"a","constructor":{"prototype":{}}}'],
  ])('refuses %s', async (_, body) => {
    expectProblem(await add(body), 400, 'MALFORMED_REQUEST');
  });

  it('refuses deep nesting', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expectProblem(await add(`{"text":"a","more":${deep}}`), 400, 'VALIDATION_FAILED');
  });

  it('refuses a body above 1 MiB and any other media type', async () => {
    expectProblem(await add({ text: 'x'.repeat(1_100_000) }), 413, 'PAYLOAD_TOO_LARGE');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const headers = { 'content-type': type, 'idempotency-key': 'k' };
      expectProblem(await add('a=b', { headers }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    }
  });

  it('refuses a body with a read', async () => {
    const text = await raw(
      `GET /api/v1/notes/${ID} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('VALIDATION_FAILED');
  });

  it('answers a request that is not HTTP with a problem', async () => {
    const text = await raw('NONSENSE\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('application/problem+json');
  });

  it('answers headers of absurd length with a problem', async () => {
    const text = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(50_000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large/);
    expect(text).toContain('"status":431');
  });

  it('believes a proxy about addresses only', async () => {
    const of = async (forwarded: string) =>
      (await add({ text: 'a' }, { headers: { 'idempotency-key': 'k', 'x-forwarded-for': forwarded } })).value[
        'address'
      ];
    expect([await of('203.0.113.7'), await of('drop table')]).toEqual(['203.0.113.7', '']);
  });

  it('answers a path that cannot be decoded with a problem', async () => {
    expectProblem(await send('/api/v1/notes/%zz'), 400, 'MALFORMED_REQUEST');
  });

  it('answers a path parameter of absurd length with a problem', async () => {
    const answer = await send(`/api/v1/notes/${'a'.repeat(2_000)}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });
});

describe('the idempotency key', () => {
  it('is required where the contract says so', async () => {
    expectProblem(await add({ text: 'a' }, { headers: {} }), 400, 'IDEMPOTENCY_KEY_MISSING');
  });

  it('must be sane', async () => {
    const problem = expectProblem(
      await add({ text: 'a' }, { headers: { 'idempotency-key': 'k'.repeat(201) } }),
      400,
      'VALIDATION_FAILED',
    );
    expect(problem.errors?.[0]?.field).toBe('Idempotency-Key');
  });
});

describe('who may call', () => {
  it('asks for a token', async () => {
    const answer = await send('/api/v1/notes');
    expectProblem(answer, 401, 'UNAUTHENTICATED');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('names the missing permission', async () => {
    const problem = expectProblem(
      await add({ text: 'a' }, { token: tokenWith('customer.view') }),
      403,
      'FORBIDDEN',
    );
    expect(problem['permission']).toBe('customer.manage');
  });

  it('refuses before it reads the input', async () => {
    expectProblem(await add({ nonsense: true }, { token: undefined }), 401, 'UNAUTHENTICATED');
  });

  it('keeps a route without a contract closed', async () => {
    expectProblem(
      await send('/api/v1/uncontracted', { token: tokenWith('customer.manage') }),
      403,
      'FORBIDDEN',
    );
  });
});

describe('what goes wrong inside', () => {
  it('answers an unknown path 404 and another method 405', async () => {
    expectProblem(await send('/api/v1/nowhere'), 404, 'NOT_FOUND');
    const answer = await send(`/api/v1/notes/${ID}`, { method: 'PATCH' });
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe('GET, DELETE');
  });

  it('translates business rules and database errors', async () => {
    const rule = expectProblem(await send('/api/v1/notes/fail/rule', { method: 'POST' }), 409, 'CONFLICT');
    expect(rule).toMatchObject({ detail: 'The note is locked', lockedBy: 'somebody' });
    expectProblem(await send('/api/v1/notes/fail/exclusion', { method: 'POST' }), 409, 'CONFLICT');
    const away = await send('/api/v1/notes/fail/away', { method: 'POST' });
    expectProblem(away, 503, 'UPSTREAM_UNAVAILABLE');
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('tells nothing about a surprise, but logs it with its stack', async () => {
    const answer = await send('/api/v1/notes/fail/surprise', {
      method: 'POST',
      headers: { 'x-correlation-id': 'surprise-1' },
    });
    expectProblem(answer, 500, 'INTERNAL');
    expect(answer.text).not.toContain('swordfish');
    const line = notes.lines.find(
      (it) => it['event'] === 'http_request_failed' && it['correlationId'] === 'surprise-1',
    );
    expect(line?.['err']).toMatchObject({
      message: expect.stringContaining('swordfish'),
      stack: expect.any(String),
    });
  });

  it('refuses a reply that breaks its contract', async () => {
    expectProblem(await send('/api/v1/notes/fail/reply', { method: 'POST' }), 500, 'INTERNAL');
    const line = notes.lines.find((it) => it['event'] === 'reply_contract_violated');
    expect(line).toMatchObject({ endpoint: 'notes.fail', errors: [{ field: 'reply.id' }] });
  });
});

describe('a reply that breaks its contract', () => {
  it('is logged only, where replies are not checked strictly', async () => {
    const lenient = await startNotes({ strictReplies: false });
    const response = await fetch(`${lenient.url}/api/v1/notes/fail/reply`, { method: 'POST' });
    expect(response.status).toBe(200);
    expect(lenient.lines.map((it) => it['event'])).toContain('reply_contract_violated');
    await lenient.close();
  });
});

describe('the log', () => {
  it('has one entry for a request, with who called and without secrets', async () => {
    const token = tokenWith('customer.manage');
    await add(
      { text: 'a' },
      { token, headers: { 'idempotency-key': 'k', 'x-correlation-id': 'log-me-please' } },
    );
    const lines = notes.lines.filter((it) => it['correlationId'] === 'log-me-please');
    expect(lines).toEqual([
      expect.objectContaining({
        service: 'notes',
        event: 'http_request_completed',
        method: 'POST',
        path: '/api/v1/notes',
        status: 201,
        durationMs: expect.any(Number),
        organizationId: PERSON.organizationId,
        userId: PERSON.userId,
      }),
    ]);
    expect(JSON.stringify(notes.lines)).not.toContain(token);
  });
});

function raw(text: string): Promise<string> {
  const { port, hostname } = new URL(notes.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
