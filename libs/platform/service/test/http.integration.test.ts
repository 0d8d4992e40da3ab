import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Front } from '../src';
import { PERSON, startNotes, tokenWith } from './support/notes.service';
import { expectProblem, ID, visitor } from './support/visitor';

let notes: Awaited<ReturnType<typeof startNotes>>;
const { send, add } = visitor(() => notes);

beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

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

describe('a front', () => {
  const front: Front = (request, response) => {
    if (request.url !== '/api/v1/front') return false;
    response.writeHead(418).end();
    return true;
  };
  const statuses = async (role: string) => {
    const fronted = await startNotes({ front, env: { ORION_ROLE: role } });
    const answers = await Promise.all(
      ['/api/v1/front', '/health/live'].map((path) => fetch(fronted.url + path)),
    );
    await fronted.close();
    return answers.map((it) => it.status);
  };

  it('answers what it takes, and nobody else sees it', async () => {
    expect(await statuses('all')).toEqual([418, 200]);
  });

  it('is not there in a process that does background work only', async () => {
    expect(await statuses('worker')).toEqual([404, 200]);
  });
});
