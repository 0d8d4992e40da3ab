import { connectionOptions, HOP_BY_HOP } from './hop-by-hop';

export type Headers = Record<string, string | string[] | undefined>;

/** Who the client is, as far as the door can tell. */
export interface Client {
  address: string;
  protocol: 'http' | 'https';
  host: string;
}

const IDENTITY =
  /^x-(user|organization|session|permission|role|tenant|principal|orion|internal|forwarded)(s?$|-)/;
const OTHERS = new Set([
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method-override',
  'x-method-override',
  'true-client-ip',
  'cf-connecting-ip',
  // Node answers 100-continue itself; passed on, it would hold the body back a second time.
  'expect',
  'proxy-authorization',
  'upgrade',
]);

/** Headers that only the door itself may set, or that make a server read the request differently. */
export const isStripped = (name: string): boolean =>
  OTHERS.has(name) || (name.startsWith('x-') && IDENTITY.test(name));

const one = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '');

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

/**
 * The client behind trusted proxies: the chain of `X-Forwarded-For` is walked from the near end and the first
 * address that is no trusted proxy is the client. From anybody else the header counts for nothing.
 */
export function clientOf(
  headers: Headers,
  remoteAddress: string,
  encrypted: boolean,
  trusted: (address: string) => boolean,
): Client {
  const near = plain(remoteAddress);
  const protocol = encrypted ? 'https' : 'http';
  const host = one(headers['host']);
  if (!trusted(near)) return { address: near, protocol, host };
  const chain = one(headers['x-forwarded-for'])
    .split(',')
    .map((it) => plain(it.trim()))
    .filter(Boolean);
  const told = one(headers['x-forwarded-proto']);
  return {
    address: chain.findLast((it) => !trusted(it)) ?? chain[0] ?? near,
    protocol: told === 'https' || told === 'http' ? told : protocol,
    host: one(headers['x-forwarded-host']) || host,
  };
}

const known = (client: Client, correlationId: string) => ({
  'x-forwarded-for': client.address,
  'x-forwarded-proto': client.protocol,
  'x-forwarded-host': client.host,
  'x-correlation-id': correlationId,
});

/** What the client sent, without what it may not say, with what the door knows. */
export function forwardedHeaders(headers: Headers, client: Client, correlationId: string): Headers {
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !isStripped(name))),
    ...known(client, correlationId),
  };
}

/** The same as a service gets it, name after value: `Host` and what is about one connection are for each hop anew. */
export function upstreamHeaders(headers: Headers, client: Client, correlationId: string): string[] {
  const own: Headers = known(client, correlationId);
  const named = connectionOptions(headers['connection']);
  const pairs: string[] = [];
  for (const name in headers) {
    if (name === 'host' || name in own || HOP_BY_HOP.has(name) || named?.has(name) || isStripped(name))
      continue;
    const value = headers[name];
    if (value !== undefined) pairs.push(name, one(value));
  }
  for (const name in own) pairs.push(name, one(own[name]));
  return pairs;
}

/**
 * The headers of a request that presented an API key, with the access token the key was exchanged for in its place. The key
 * goes no further, and cookies are for pages.
 */
export function exchangedHeaders(headers: Headers, token: string | undefined): Headers {
  const { authorization: _key, cookie: _cookie, ...rest } = headers;
  return token === undefined ? rest : { ...rest, authorization: `Bearer ${token}` };
}
