import { describe, expect, it } from '@jest/globals';
import { clientOf, exchangedHeaders, forwardedHeaders, isStripped, upstreamHeaders } from './forwarded';

const nobody = () => false;
const proxies = (address: string) => address.startsWith('10.');

describe('isStripped', () => {
  it.each([
    'x-user-id',
    'x-organization-id',
    'x-session-id',
    'x-permissions',
    'x-role',
    'x-roles',
    'x-forwarded-for',
    'x-forwarded-user',
    'x-orion-internal',
    'forwarded',
    'x-real-ip',
    'x-http-method-override',
    'expect',
  ])('%s is only for the door to say', (name) => expect(isStripped(name)).toBe(true));

  it.each([
    'authorization',
    'idempotency-key',
    'content-type',
    'x-correlation-id',
    'traceparent',
    'x-requested-with',
  ])('%s passes', (name) => expect(isStripped(name)).toBe(false));
});

describe('clientOf', () => {
  const said = {
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
  };

  it('believes nothing from strangers', () => {
    expect(clientOf({ ...said, host: 'orion.example' }, '203.0.113.9', false, nobody)).toEqual({
      address: '203.0.113.9',
      protocol: 'http',
      host: 'orion.example',
    });
  });

  it('takes the nearest address that is no trusted proxy', () => {
    const headers = {
      'x-forwarded-for': '6.6.6.6, 198.51.100.7, 10.0.0.2',
      'x-forwarded-proto': 'https',
      host: 'inside',
    };
    expect(clientOf(headers, '::ffff:10.0.0.1', false, proxies)).toEqual({
      address: '198.51.100.7',
      protocol: 'https',
      host: 'inside',
    });
  });

  it('takes the far end where all are trusted, and the proxy itself where it says nothing', () => {
    expect(clientOf({ 'x-forwarded-for': '10.9.9.9, 10.0.0.2' }, '10.0.0.1', true, proxies).address).toBe(
      '10.9.9.9',
    );
    expect(clientOf({}, '10.0.0.1', true, proxies)).toEqual({
      address: '10.0.0.1',
      protocol: 'https',
      host: '',
    });
  });
});

const client = { address: '203.0.113.9', protocol: 'http' as const, host: 'orion.example' };
const headers = { 'x-user-id': 'me', authorization: 'Bearer t', 'x-forwarded-for': '1.1.1.1' };
const known = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'http',
  'x-forwarded-host': 'orion.example',
  'x-correlation-id': 'correlation-1',
};

it('forwardedHeaders replaces what the client may not say by what the door knows', () => {
  expect(forwardedHeaders(headers, client, 'correlation-1')).toEqual({
    authorization: 'Bearer t',
    ...known,
  });
});

it('upstreamHeaders leaves out besides what is about the connection to the client', () => {
  const sent = {
    ...headers,
    host: 'orion.example',
    connection: 'close, X-Mine',
    'x-mine': '1',
    te: 'trailers',
    'transfer-encoding': 'chunked',
    'x-correlation-id': 'mine',
  };
  expect(upstreamHeaders(sent, client, 'correlation-1')).toEqual([
    ...['authorization', 'Bearer t'],
    ...Object.entries(known).flat(),
  ]);
});

it('exchangedHeaders puts a token in the place of a key, and leaves cookies behind', () => {
  const sent = { authorization: 'Bearer orion_x', cookie: 'a=b', accept: 'x' };
  expect(exchangedHeaders(sent, 't')).toEqual({ authorization: 'Bearer t', accept: 'x' });
  expect(exchangedHeaders(sent, undefined)).toEqual({ accept: 'x' });
});
