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
export const isStripped = (name: string): boolean => IDENTITY.test(name) || OTHERS.has(name);

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
  const fromProxy = trusted(near);
  const chain = fromProxy
    ? one(headers['x-forwarded-for'])
        .split(',')
        .map((it) => plain(it.trim()))
        .filter(Boolean)
    : [];
  const address = [...chain, near].reverse().find((it) => !trusted(it)) ?? chain[0] ?? near;
  const told = fromProxy ? one(headers['x-forwarded-proto']) : '';
  return {
    address,
    protocol: told === 'https' || told === 'http' ? told : encrypted ? 'https' : 'http',
    host: (fromProxy && one(headers['x-forwarded-host'])) || one(headers['host']),
  };
}

/** The headers a service gets: what the client sent, without what it may not say, with what the door knows. */
export function forwardedHeaders(headers: Headers, client: Client, correlationId: string): Headers {
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !isStripped(name))),
    'x-forwarded-for': client.address,
    'x-forwarded-proto': client.protocol,
    'x-forwarded-host': client.host,
    'x-correlation-id': correlationId,
  };
}
