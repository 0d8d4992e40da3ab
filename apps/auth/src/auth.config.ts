import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { baseConfig, httpUrl, wholeNumber } from '@orion/config';
import { z } from 'zod';

const KEY_BYTES = 32;

/** As Node's resolver takes it: an IPv6 address with a port stands in brackets. */
const isNameServer = (text: string): boolean =>
  isIP(text) !== 0 || isIP(/^\[?(.+?)\]?:\d{1,5}$/.exec(text)?.[1] ?? '') !== 0;

export const authConfig = baseConfig.extend({
  /** Seals signing keys and derives refresh tokens: 32 bytes, base64. */
  ORION_ENCRYPTION_KEY: z
    .base64('must be base64')
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === KEY_BYTES, `must hold ${KEY_BYTES} bytes`),
  /** Where people open the platform: providers send them back there; passkeys belong to its host, and count there alone. */
  PUBLIC_URL: httpUrl().default('http://localhost:3000'),
  /** Password hashes computed at once; each takes a processor and 19 MiB. */
  PASSWORD_CONCURRENCY: wholeNumber(1, 64).default(Math.min(4, availableParallelism())),
  /** Sign-ins that may wait for their turn; those beyond are answered BUSY. */
  PASSWORD_QUEUE: wholeNumber(0, 10_000).default(64),
  /** Addresses of the name servers asked about domains, with commas between; those of the machine if left out. */
  DNS_SERVERS: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((it) => it !== ''))
    .refine((list) => list.every(isNameServer), 'must be IP addresses, each with a port or without'),
  /** For development only: lets providers be at 127.0.0.1 and ::1, without TLS. */
  SIGN_ON_ALLOW_LOOPBACK: z.stringbool('must be true or false').default(false),
});

export type AuthConfig = z.output<typeof authConfig>;
