import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { API_PREFIX } from '@orion/contracts';
import { Log } from '@orion/logger';
import { eventually } from '@orion/testing';
import { once } from 'node:events';
import {
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { someone, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  gateway = await startGateway({ CORS_ORIGINS: 'https://app.example' });
  token = gateway.token(someone());
});
afterAll(() => gateway.stop());
afterEach(() => {
  jest.restoreAllMocks();
  gateway.user.received.length = 0;
  gateway.user.onHead(undefined);
  gateway.user.answer((_request, response) => response.end('{}'));
});

/** A call of the user service that is open still: nothing is read or written without being asked for. */
function open(options: RequestOptions = {}, path = '/users/me') {
  return httpRequest(`${gateway.url}${API_PREFIX}${path}`, {
    ...options,
    headers: { authorization: `Bearer ${token}`, ...(options.headers as object) },
  });
}

async function send(options: RequestOptions = {}): Promise<{ answer: IncomingMessage; text: string }> {
  const [answer] = (await once(open(options).end(), 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { answer, text };
}

describe('the answer of a service', () => {
  it('has the headers of every answer of the gateway, unless the service says otherwise', async () => {
    gateway.user.answer((_request, response) =>
      response.writeHead(200, { 'referrer-policy': 'origin', 'x-correlation-id': 'not ours' }).end(),
    );
    const own = await fetch(`${gateway.url}/health/live`);
    const { answer } = await send();
    for (const name of ['content-security-policy', 'strict-transport-security', 'x-content-type-options'])
      expect(answer.headers[name]).toBe(own.headers.get(name));
    expect(answer.headers['referrer-policy']).toBe('origin');
    expect(answer.headers['ratelimit-limit']).toBe('6000');
    expect(answer.headers['x-correlation-id']).toBe(gateway.user.received[0]?.headers['x-correlation-id']);
  });

  it('keeps headers that come more than once, and loses those about one connection', async () => {
    gateway.user.answer((_request, response) =>
      response
        .writeHead(200, [
          ...['set-cookie', 'a=1', 'set-cookie', 'b=2'],
          ...['connection', 'x-private, keep-alive', 'x-private', '1', 'vary', 'x-organization'],
        ])
        .end(),
    );
    const { answer } = await send({
      headers: { origin: 'https://app.example', connection: 'x-mine', 'x-mine': '1', te: 'trailers' },
    });
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(answer.headers['x-private']).toBeUndefined();
    expect(answer.headers['vary']).toBe('Origin, x-organization, Accept-Encoding');
    expect(answer.headers['access-control-allow-origin']).toBe('https://app.example');
    const { headers = {} } = gateway.user.received[0] ?? {};
    expect([headers['x-mine'], headers['te'], headers.connection]).toEqual([
      undefined,
      undefined,
      'keep-alive',
    ]);
    expect(headers.host).toBe(new URL(gateway.user.url).host);
  });

  it.each([204, 304])('may be a %s, which has no body', async (status) => {
    gateway.user.answer((_request, response) => response.writeHead(status, { etag: '"1"' }).end());
    const { answer, text } = await send();
    expect([answer.statusCode, answer.headers['etag'], text]).toEqual([status, '"1"', '']);
    expect(answer.headers['transfer-encoding']).toBeUndefined();
  });

  it('tells the length of what HEAD leaves out', async () => {
    gateway.user.answer((_request, response) => response.writeHead(200, { 'content-length': '42' }).end());
    const { answer, text } = await send({ method: 'HEAD' });
    expect([answer.headers['content-length'], text]).toEqual(['42', '']);
  });

  it('is not the hint that came before it', async () => {
    gateway.user.answer((_request, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' });
      response.end('{"late":true}');
    });
    const { answer, text } = await send();
    expect([answer.statusCode, text]).toEqual([200, '{"late":true}']);
  });

  it('comes as it is sent, piece by piece', async () => {
    let last = (): void => undefined;
    gateway.user.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      last = () => response.end('data: 2\n\n');
    });
    const [answer] = (await once(open().end(), 'response')) as [IncomingMessage];
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(String(first)).toBe('data: 1\n\n');
    last();
    const [second] = (await once(answer, 'data')) as [Buffer];
    expect(String(second)).toBe('data: 2\n\n');
  });

  it('waits for a client that does not read', async () => {
    const total = 40 * 1024 * 1024;
    let sent: ServerResponse | undefined;
    gateway.user.answer((_request, response) => {
      sent = response;
      response.writeHead(200, { 'content-length': String(total) });
      response.end(Buffer.alloc(total, 'x'));
    });
    const [answer] = (await once(open().end(), 'response')) as [IncomingMessage];
    await sleep(500);
    expect(sent?.writableFinished).toBe(false);
    let received = 0;
    for await (const chunk of answer) received += (chunk as Buffer).length;
    expect(received).toBe(total);
  });
});

describe('a client that leaves', () => {
  it.each(['before', 'in the middle of'])('%s the answer frees the service', async (when) => {
    let left = false;
    gateway.user.answer((request, response) => {
      request.socket.once('close', () => (left = true));
      if (when !== 'before') response.writeHead(200).write('half');
    });
    const call = open();
    call.on('error', () => undefined);
    call.end();
    if (when === 'before') await eventually(() => expect(gateway.user.received).toHaveLength(1));
    else await once(call, 'response');
    call.destroy();
    await eventually(() => expect(left).toBe(true));
  });

  it('is logged as one whose answer was broken off', async () => {
    const warn = jest.spyOn(gateway.app.get(Log), 'warn');
    gateway.user.answer(() => undefined);
    const call = open();
    call.on('error', () => undefined);
    call.end();
    await eventually(() => expect(gateway.user.received).toHaveLength(1));
    call.destroy();
    await eventually(() =>
      expect(warn).toHaveBeenCalledWith(
        'http_request_aborted',
        expect.objectContaining({ endpoint: 'users.me' }),
      ),
    );
  });
});

describe('the body of a request', () => {
  const post = (headers: Record<string, string> = {}) =>
    open({ method: 'PATCH', headers: { 'content-type': 'application/json', ...headers } });

  it('may wait for leave to be sent', async () => {
    const call = post({ expect: '100-continue', 'content-length': '2' });
    call.flushHeaders();
    await once(call, 'continue');
    call.end('{}');
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(gateway.user.received[0]).toMatchObject({ body: '{}' });
  });

  it('need not have come when the service answers', async () => {
    gateway.user.answer(() => undefined);
    const call = post({ 'content-length': '100' });
    // Answered with the head alone, by a server that reads no further.
    gateway.user.onHead((request) =>
      request.socket.write('HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\n{}'),
    );
    call.write('x'.repeat(50));
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(409);
    await once(answer, 'end');
    call.end('x'.repeat(50));
    gateway.user.onHead(undefined);
    gateway.user.answer((_request, response) => response.end('{}'));
    expect((await send()).answer.statusCode).toBe(200);
  });

  it('that breaks off is not taken for a whole one', async () => {
    const call = post({ 'content-length': '100' });
    call.on('error', () => undefined);
    let broken = false;
    gateway.user.onHead((request) => request.once('aborted', () => (broken = true)));
    call.write('x'.repeat(50));
    await sleep(100);
    call.destroy();
    await eventually(() => expect(broken).toBe(true));
    expect(gateway.user.received).toEqual([]);
  });
});

it('does not begin a second attempt after the deadline', async () => {
  const hasty = await startGateway({ UPSTREAM_DEADLINE_MS: '500' });
  let times = 0;
  hasty.user.onHead((request) => {
    times += 1;
    setTimeout(() => request.socket.destroy(), 450);
  });
  hasty.user.answer(() => undefined);
  try {
    const response = await fetch(`${hasty.url}${API_PREFIX}/users/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(504);
    await sleep(300);
    expect(times).toBe(1);
  } finally {
    await hasty.stop();
  }
});

it('measures and logs what it forwards under its endpoint, once', async () => {
  const info = jest.spyOn(gateway.app.get(Log), 'info');
  const counted = async () => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const line = /^http_request_duration_seconds_count\{endpoint="users\.me",status="200"\} (\d+)/m.exec(
      text,
    );
    return Number(line?.[1] ?? 0);
  };
  const before = await counted();
  await send();
  await eventually(async () => expect(await counted()).toBe(before + 1));
  expect(info.mock.calls.filter(([event]) => event === 'http_request_completed')).toEqual([
    [
      'http_request_completed',
      {
        msg: `GET ${API_PREFIX}/users/me 200`,
        method: 'GET',
        path: `${API_PREFIX}/users/me`,
        status: 200,
        endpoint: 'users.me',
        upstream: 'user',
        durationMs: expect.any(Number),
      },
    ],
  ]);
});

it('finds a service whose address has a path', async () => {
  const other = await startGateway({ USER_URL: `${gateway.user.url}/inside/` });
  try {
    const response = await fetch(`${other.url}${API_PREFIX}/users/me?x=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    expect(gateway.user.received[0]?.url).toBe(`/inside${API_PREFIX}/users/me?x=1`);
  } finally {
    await other.stop();
  }
});

it('forwards nothing in a process that does background work only', async () => {
  const worker = await startGateway({ ORION_ROLE: 'worker' });
  try {
    const response = await fetch(`${worker.url}${API_PREFIX}/users/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(404);
    expect(worker.user.received).toEqual([]);
  } finally {
    await worker.stop();
  }
});
