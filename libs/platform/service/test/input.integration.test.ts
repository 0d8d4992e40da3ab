import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { startNotes, tokenWith } from './support/notes.service';
import { expectProblem, ID, visitor } from './support/visitor';

let notes: Awaited<ReturnType<typeof startNotes>>;
const { send, add, raw } = visitor(() => notes);

beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

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

  it.each([
    ['in a list', Array.from({ length: 20_001 }, () => 1)],
    ['in many lists', Array.from({ length: 11_000 }, () => [1])],
    ['by name', Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`k${n}`, 1]))],
  ])('refuses more values than anybody needs, %s, in one sentence', async (_, more) => {
    const { errors } = expectProblem(await add({ text: 'a', more }), 400, 'VALIDATION_FAILED');
    expect(errors).toEqual([
      { field: expect.stringMatching(/^body/), reason: 'may not hold more than 20000 values' },
    ]);
  });

  it('refuses a body above 1 MiB and any other media type', async () => {
    expectProblem(await add({ text: 'x'.repeat(1_100_000) }), 413, 'PAYLOAD_TOO_LARGE');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const headers = { 'content-type': type, 'idempotency-key': 'k' };
      expectProblem(await add('a=b', { headers }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    }
  });

  it.each([
    ['with its length announced', false],
    ['in chunks', true],
  ])('lets the sender of 10 MB read why they are refused: %s', async (_, chunked) => {
    const body = 'x'.repeat(10_000_000);
    const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`;
    const sent = chunked ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
    const text = await raw(
      `POST /api/v1/notes HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n` +
        `authorization: Bearer ${tokenWith('customer.manage')}\r\n${length}\r\n\r\n${sent}`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('PAYLOAD_TOO_LARGE');
  });

  it('ends the connection of a sender that does not come to an end', async () => {
    const left = await new Promise<number>((resolve) => {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false };
      const sending = request(`${notes.url}/api/v1/notes`, options);
      const megabyte = Buffer.alloc(1_048_576, 'x');
      let sent = 0;
      const more = () => {
        sent += 1;
        if (sent < 400) sending.write(megabyte, more);
      };
      sending.on('error', () => undefined).on('close', () => resolve(sent));
      more();
    });
    expect(left).toBeLessThan(100);
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
