import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Writable } from 'node:stream';
import {
  acceptedCorrelationId,
  acceptedTraceparent,
  conceal,
  contextOfHeaders,
  createPino,
  currentContext,
  errorText,
  extendContext,
  isLogEvent,
  knownContext,
  Log,
  type LogEvent,
  runInContext,
} from './index';

function logged(write: (log: Log) => void, level = 'info'): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  write(new Log(createPino('scheduling', { level, destination })));
  return lines;
}

describe('the context of the work in hand', () => {
  it('goes along through everything that is started in it', async () => {
    const heard = await runInContext({ correlationId: 'corr-1', causationId: 'event-1' }, async () => {
      await sleep(1);
      extendContext({ organizationId: 'org', userId: 'user' });
      return Promise.all([currentContext(), sleep(1).then(() => currentContext())]);
    });
    const expected = {
      correlationId: 'corr-1',
      causationId: 'event-1',
      organizationId: 'org',
      userId: 'user',
    };
    expect(heard).toEqual([expected, expected]);
  });

  it('keeps two pieces of work apart and makes up a missing correlation id', () => {
    const [a, b] = [runInContext({}, () => currentContext()), runInContext({}, () => currentContext())];
    expect(a.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(a.correlationId).not.toBe(b.correlationId);
  });

  it('is none outside of any work', () => {
    extendContext({ userId: 'nobody' });
    expect(knownContext()).toBeUndefined();
    expect(currentContext()).toEqual({ correlationId: expect.any(String) });
  });
});

describe('what callers may send', () => {
  it.each(['12345678', 'day-17:orders', 'x'.repeat(128)])('accepts the correlation id %s', (id) => {
    expect(acceptedCorrelationId(id)).toBe(id);
  });

  it.each([
    '1234567',
    'x'.repeat(129),
    'with space',
    'new\nline',
    '-leading-dash',
    '<script>1',
    undefined,
    ['a', 'b'],
  ])('refuses the correlation id %j', (id) => {
    expect(acceptedCorrelationId(id)).toBeUndefined();
  });

  it('accepts a W3C traceparent and nothing else', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    expect(acceptedTraceparent(traceparent)).toBe(traceparent);
    expect(acceptedTraceparent('00-nonsense')).toBeUndefined();
    expect(contextOfHeaders({ 'x-correlation-id': 'day-17:orders', traceparent })).toEqual({
      correlationId: 'day-17:orders',
      traceparent,
    });
    expect(contextOfHeaders({ 'x-correlation-id': 'short', traceparent: 'x' })).toEqual({
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('a log entry', () => {
  it('has a name, a service, a time and the context', () => {
    const [line] = logged((log) =>
      runInContext({ correlationId: 'corr-1', organizationId: 'org' }, () =>
        log.info('booking_hold_succeeded', { slot: 7 }),
      ),
    );
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      service: 'scheduling',
      event: 'booking_hold_succeeded',
      correlationId: 'corr-1',
      organizationId: 'org',
      slot: 7,
    });
  });

  it('keeps of an error its kind, message, stack, code and causes', () => {
    const error = Object.assign(new Error('no', { cause: new Error('why') }), {
      code: 'E1',
      request: { body: 'private' },
    });
    const [line] = logged((log) => log.error('booking_hold_failed', { error }));
    expect(line?.['err']).toMatchObject({
      type: 'Error',
      message: 'no',
      code: 'E1',
      stack: expect.any(String),
      cause: { message: 'why' },
    });
    expect(JSON.stringify(line)).not.toContain('private');
    expect(errorText('plain')).toEqual({ type: 'string', message: 'plain' });
  });

  it('never holds a secret, however deep and however it is spelled', () => {
    const secret = 'swordfish';
    const [line] = logged((log) =>
      log.warn('session_refresh_refused', {
        password: secret,
        headers: {
          Authorization: secret,
          cookie: secret,
          'set-cookie': secret,
          'x-api-key': secret,
          accept: 'kept',
        },
        list: [
          {
            refresh_token: secret,
            refreshToken: secret,
            accessToken: secret,
            token: secret,
            client_secret: secret,
          },
        ],
      }),
    );
    expect(JSON.stringify(line)).not.toContain(secret);
    expect(line).toMatchObject({ password: '[redacted]', headers: { accept: 'kept' } });
  });

  it('never holds a concealed value, wherever it stands, nor a password within an address', () => {
    const [key, quoted] = ['c2VhbGVkLWtleQ==', 'sword"fish\\7'];
    conceal([key, quoted, 'short']);
    const error = new Error(`no route to postgresql://orion:swordfish@db:5432/orion with ${key}`, {
      cause: new Error(`amqp://orion:sword%2Ffish@broker, ${quoted}`),
    });
    const lines = logged((log) =>
      log.error('database_connection_failed', { error, note: [quoted, 'short'] }),
    );
    const text = JSON.stringify(lines);
    for (const secret of [key, 'sword', 'fish']) expect(text).not.toContain(secret);
    expect(lines[0]).toMatchObject({
      note: ['[redacted]', 'short'],
      err: { message: 'no route to postgresql://orion:[redacted]@db:5432/orion with [redacted]' },
    });
  });

  it('never holds an API key, but what it begins with', () => {
    const path = `/orders/orion_0a1b2c3d_${'x_-'.repeat(21)}x/steps`;
    const [line] = logged((log) => log.info('http_request_completed', { path }));
    expect(line?.['path']).toBe('/orders/orion_0a1b2c3d_[redacted]/steps');
  });

  it('keeps addresses without a password, and is quick about long lines', () => {
    const [line] = logged((log) =>
      log.info('address_list_read', { at: 'http://user@host:80/a:b@c', x: '://'.repeat(50_000) }),
    );
    expect(line?.['at']).toBe('http://user@host:80/a:b@c');
  });

  it('survives what is nested without end', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(JSON.stringify(logged((log) => log.info('loop_write_tried', loop)))).toContain('[too deep]');
  });

  it('follows the grammar domain_action_status', () => {
    expect(isLogEvent('booking_hold_succeeded')).toBe(true);
    for (const name of ['booking', 'booking_held', 'Booking_Hold_Ok', 'booking hold ok', '_a_b_c'])
      expect(isLogEvent(name)).toBe(false);
    const [line] = logged((log) => log.info('Not a name' as LogEvent));
    expect(line).toMatchObject({ event: 'log_name_invalid', name: 'Not a name' });
  });

  it('is written from its level on', () => {
    const write = (log: Log) => {
      log.debug('cache_read_missed');
      log.info('cache_read_missed');
      log.warn('cache_read_missed');
    };
    expect(logged(write, 'warn')).toHaveLength(1);
    expect(logged(write, 'debug')).toHaveLength(3);
  });

  it('can be made readable for people', () => {
    expect(createPino('scheduling', { level: 'silent', format: 'pretty' }).level).toBe('silent');
    expect(createPino('scheduling').level).toBe('info');
  });
});
