import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { API_PREFIX, ENDPOINTS, pathOf, Problem } from '@orion/contracts';
import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { someone, startGateway, type TestGateway } from './support/gateway';

const ID = '0193b3a0-0000-7000-8000-000000000001';
const JSON_TYPE = 'application/json';

let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  gateway = await startGateway({ CORS_ORIGINS: 'https://app.example', UPSTREAM_DEADLINE_MS: '1000' });
  token = gateway.token(someone());
});
afterAll(() => gateway.stop());
afterEach(() => {
  for (const it of Object.values(gateway.upstreams)) {
    it.received.length = 0;
    it.onHead(undefined);
    it.answer((_request, response) => {
      response.writeHead(200, { 'content-type': JSON_TYPE }).end('{"fine":true}');
    });
  }
});

const send = (path: string, init: RequestInit = {}) =>
  fetch(gateway.url + API_PREFIX + path, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

async function expectProblem(response: Response, status: number, code: string): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(await response.json());
  expect({ status: response.status, code: problem.code }).toEqual({ status, code });
  expect(problem.correlationId ?? null).toBe(response.headers.get('x-correlation-id'));
  return problem;
}

describe('routes', () => {
  it('sends every endpoint of another service to its owner', async () => {
    for (const it of ENDPOINTS) {
      const owner = gateway.upstreams[it.service as keyof typeof gateway.upstreams];
      if (!owner) continue;
      const path = pathOf(it, { id: ID });
      const response = await send(`${path}?x=1`, { method: it.method });
      expect(response.status).toBe(200);
      expect(owner.received.at(-1)).toMatchObject({ method: it.method, url: `${API_PREFIX}${path}?x=1` });
    }
  });

  it('answers an unknown path with 404 and a wrong method with 405 and Allow', async () => {
    await expectProblem(await send('/nothing/here'), 404, 'NOT_FOUND');
    const wrong = await send('/users/me', { method: 'DELETE' });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS, PATCH');
    await expectProblem(wrong, 405, 'METHOD_NOT_ALLOWED');
    const options = await send('/users/me', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, PATCH']);
    expect(gateway.user.received).toEqual([]);
  });

  it('refuses a path that services could read differently', async () => {
    await expectProblem(await send('/service-orders/a%2fb'), 400, 'MALFORMED_REQUEST');
    await expectProblem(await send('/service-orders/%zz'), 400, 'MALFORMED_REQUEST');
    expect(gateway.scheduling.received).toEqual([]);
  });

  it('answers what is not HTTP with a problem', async () => {
    const { port, hostname } = new URL(gateway.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write('GARBAGE\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('MALFORMED_REQUEST');
  });

  it('answers HEAD as GET, without a body', async () => {
    const response = await send('/users/me', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(gateway.user.received.at(-1)?.method).toBe('HEAD');
  });

  it('knows nothing of other paths below /api', async () => {
    await expectProblem(await fetch(`${gateway.url}/api/v2/users/me`), 404, 'NOT_FOUND');
  });
});

describe('access', () => {
  it('asks for a token before anything is forwarded', async () => {
    const bare = await fetch(`${gateway.url}${API_PREFIX}/users/me`);
    expect(bare.headers.get('www-authenticate')).toContain('Bearer');
    await expectProblem(bare, 401, 'UNAUTHENTICATED');
    for (const authorization of ['Bearer a.b.c', 'Basic YTpi', `Bearer ${token}x`]) {
      await expectProblem(await send('/users/me', { headers: { authorization } }), 401, 'UNAUTHENTICATED');
    }
    const expired = gateway.token(someone(randomUUID(), ['customer.view'], { lifeSeconds: -60 }));
    await expectProblem(
      await send('/users/me', { headers: { authorization: `Bearer ${expired}` } }),
      401,
      'UNAUTHENTICATED',
    );
    expect(gateway.user.received).toEqual([]);
  });

  it('asks for the permission of the contract before anything is forwarded', async () => {
    const authorization = `Bearer ${gateway.token(someone(randomUUID(), ['customer.view']))}`;
    const problem = await expectProblem(
      await send('/service-orders', { headers: { authorization } }),
      403,
      'FORBIDDEN',
    );
    expect(problem['permission']).toBe('service-order.view');
    expect((await send('/customers', { headers: { authorization } })).status).toBe(200);
    expect(gateway.scheduling.received).toHaveLength(1);
  });
});

describe('headers', () => {
  it('lets no client say who it is', async () => {
    await send('/users/me', {
      headers: {
        'x-user-id': 'me',
        'x-organization-id': ID,
        'x-permissions': '*',
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=1.2.3.4',
        'x-real-ip': '1.2.3.4',
        'x-http-method-override': 'DELETE',
      },
    });
    const headers = gateway.user.received[0]?.headers ?? {};
    expect(headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(gateway.url).host,
    });
    for (const name of [
      'x-user-id',
      'x-organization-id',
      'x-permissions',
      'forwarded',
      'x-real-ip',
      'x-http-method-override',
    ]) {
      expect(headers[name]).toBeUndefined();
    }
  });

  it('carries the correlation id through and makes one up where there is none', async () => {
    const correlationId = `test-${randomUUID()}`;
    const response = await send('/users/me', { headers: { 'x-correlation-id': correlationId } });
    expect(response.headers.get('x-correlation-id')).toBe(correlationId);
    expect(gateway.user.received[0]?.headers['x-correlation-id']).toBe(correlationId);
    const other = await send('/users/me', { headers: { 'x-correlation-id': 'a b' } });
    const made = other.headers.get('x-correlation-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway.user.received[1]?.headers['x-correlation-id']).toBe(made);
  });

  it('forwards the body and the idempotency key untouched', async () => {
    const body = JSON.stringify({ text: 'ü'.repeat(1000) });
    await send('/customers', {
      method: 'POST',
      body,
      headers: { 'content-type': JSON_TYPE, 'idempotency-key': 'key-1' },
    });
    expect(gateway.scheduling.received[0]).toMatchObject({
      method: 'POST',
      body,
      headers: { 'idempotency-key': 'key-1', 'content-type': JSON_TYPE },
    });
  });

  it('lets pages of the listed origins call, and of no other', async () => {
    const preflight = (origin: string) =>
      send('/customers', {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'idempotency-key',
        },
      });
    const allowed = await preflight('https://app.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('compresses long replies', async () => {
    const long = JSON.stringify({ text: 'orion '.repeat(2000) });
    gateway.user.answer((_request, response) =>
      response.writeHead(200, { 'content-type': JSON_TYPE }).end(long),
    );
    const { headers, body } = await new Promise<{ headers: Record<string, unknown>; body: Buffer }>(
      (resolve, reject) => {
        const call = httpRequest(
          `${gateway.url}${API_PREFIX}/users/me`,
          { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
          },
        );
        call.on('error', reject).end();
      },
    );
    expect(headers['content-encoding']).toBe('gzip');
    expect(body.length).toBeLessThan(long.length / 10);
    expect(gunzipSync(body).toString()).toBe(long);
  });
});

describe('size', () => {
  it('refuses a body announced too large and one that grows too large', async () => {
    const headers = { 'content-type': JSON_TYPE };
    const large = 'x'.repeat(1024 * 1024 + 1);
    await expectProblem(
      await send('/customers', { method: 'POST', body: large, headers }),
      413,
      'PAYLOAD_TOO_LARGE',
    );
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 40) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024).fill(120));
      },
    });
    const streamed = await send('/customers', {
      method: 'POST',
      body: endless,
      headers,
      duplex: 'half',
    } as RequestInit);
    await expectProblem(streamed, 413, 'PAYLOAD_TOO_LARGE');
    expect(gateway.scheduling.received).toEqual([]);
  });

  it.each([
    ['with its length announced', false],
    ['in chunks', true],
  ])('lets the sender of 10 MB read why they are refused: %s', async (_, chunked) => {
    const body = 'x'.repeat(10_000_000);
    const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`;
    const sent = chunked ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
    const { port, hostname } = new URL(gateway.url);
    const text = await new Promise<string>((resolve, reject) => {
      let heard = '';
      const socket = connect(Number(port), hostname);
      socket.on('data', (chunk) => (heard += chunk.toString()));
      socket.on('end', () => resolve(heard));
      socket.on('error', reject);
      socket.write(
        `POST ${API_PREFIX}/customers HTTP/1.1\r\nhost: x\r\nconnection: close\r\n` +
          `content-type: ${JSON_TYPE}\r\nauthorization: Bearer ${token}\r\n${length}\r\n\r\n${sent}`,
      );
    });
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('PAYLOAD_TOO_LARGE');
  });

  it('lets a body of just the limit pass', async () => {
    const body = 'x'.repeat(1024 * 1024);
    const response = await send('/customers', {
      method: 'POST',
      body,
      headers: { 'content-type': JSON_TYPE },
    });
    expect(response.status).toBe(200);
    expect(gateway.scheduling.received[0]?.body.length).toBe(body.length);
  });
});

describe('services that fail', () => {
  it('tries a read again when its connection breaks, and answers as if nothing had been', async () => {
    let times = 0;
    gateway.user.onHead((request) => {
      times += 1;
      if (times === 1) request.socket.destroy();
    });
    expect((await send('/users/me')).status).toBe(200);
    expect(times).toBe(2);
  });

  it('sends a write with a key a second time with the same body, one without a key never', async () => {
    let times = 0;
    gateway.scheduling.onHead((request) => {
      times += 1;
      if (times === 1) request.socket.destroy();
    });
    const write = (more: Record<string, string>) =>
      send('/customers', {
        method: 'POST',
        body: '{"name":"x"}',
        headers: { 'content-type': JSON_TYPE, ...more },
      });
    expect((await write({ 'idempotency-key': 'key-2' })).status).toBe(200);
    expect(times).toBe(2);
    expect(gateway.scheduling.received.at(-1)).toMatchObject({ body: '{"name":"x"}' });
    times = 0;
    const refused = await write({});
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const problem = await expectProblem(refused, 503, 'UPSTREAM_UNAVAILABLE');
    expect(problem['service']).toBe('scheduling');
    expect(times).toBe(1);
  });

  it('answers 504 at the deadline', async () => {
    gateway.user.answer(() => undefined);
    await expectProblem(await send('/users/me', { method: 'PATCH' }), 504, 'DEADLINE_EXCEEDED');
  });

  it('lets a slow sender take longer than a service may', async () => {
    const slow = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 400));
        if (gateway.scheduling.received.length > 0 || sent++ > 3) controller.close();
        else controller.enqueue(new TextEncoder().encode(' '));
      },
    });
    let sent = 0;
    const init = {
      method: 'POST',
      body: slow,
      duplex: 'half',
      headers: { 'content-type': JSON_TYPE },
    } as RequestInit;
    expect((await send('/customers', init)).status).toBe(200);
  });

  it('breaks off a reply whose service dies in the middle', async () => {
    gateway.user.answer((request, response) => {
      response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': '1000000' });
      response.write('{"half":');
      setTimeout(() => request.socket.destroy(), 50);
    });
    const response = await send('/users/me');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('breaks off a reply that is not complete at the deadline', async () => {
    gateway.user.answer((_request, response) => {
      response.writeHead(200, { 'content-type': JSON_TYPE });
      response.write('{"half":');
    });
    const response = await send('/users/me');
    await expect(response.text()).rejects.toThrow();
  });

  it('passes on what a service answers, its own problems included', async () => {
    gateway.user.answer((_request, response) => {
      response
        .writeHead(409, { 'content-type': 'application/problem+json', 'x-own': '1' })
        .end('{"code":"CONFLICT"}');
    });
    const response = await send('/users/me');
    expect([response.status, response.headers.get('x-own')]).toEqual([409, '1']);
    expect(await response.json()).toEqual({ code: 'CONFLICT' });
  });

  it('goes on when a client leaves in the middle', async () => {
    gateway.user.answer(() => undefined);
    const leaving = new AbortController();
    const call = send('/users/me', { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 100);
    await expect(call).rejects.toThrow();
    gateway.user.answer((_request, response) => response.writeHead(200).end('{}'));
    expect((await send('/users/me')).status).toBe(200);
  });

  it('refuses at once while a service is away, and finds it again', async () => {
    await gateway.notification.stop();
    for (let i = 0; i < 12; i += 1) {
      const response = await send('/notifications');
      expect(response.headers.get('retry-after')).toBe('2');
      await expectProblem(response, 503, 'UPSTREAM_UNAVAILABLE');
    }
    const begun = performance.now();
    await expectProblem(await send('/notifications'), 503, 'UPSTREAM_UNAVAILABLE');
    expect(performance.now() - begun).toBeLessThan(90);
    await gateway.notification.restart();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await send('/notifications')).status).toBe(200);
    expect((await send('/users/me')).status).toBe(200);
  });
});

it('stops at once, whatever connections stand open', async () => {
  const other = await startGateway();
  const { port, hostname } = new URL(other.url);
  const silent = connect(Number(port), hostname);
  silent.on('error', () => undefined);
  await new Promise((resolve) => silent.once('connect', resolve));
  expect((await fetch(`${other.url}/health/live`)).status).toBe(200);
  const begun = performance.now();
  await other.stop();
  expect(performance.now() - begun).toBeLessThan(15_000);
});
