import { hash } from 'node:crypto';
import { z } from 'zod';

export const TOKEN_ISSUER = 'orion';
export const TOKEN_AUDIENCE = 'orion-api';
export const TOKEN_ALGORITHM = 'RS256';
/** Seconds two clocks may differ. */
export const TOKEN_LEEWAY_S = 5;
/** Seconds an access token lives. */
export const TOKEN_LIFE_S = 600;

const LONGEST_TOKEN = 4_096;

const Header = z.object({
  alg: z.literal(TOKEN_ALGORITHM),
  kid: z.string().regex(/^[\w.-]{1,128}$/),
  // RFC 7515, 4.1.11: a token with critical extensions nobody here understands is refused.
  crit: z.never().optional(),
});

const Digest = z.string().regex(/^[\w-]{43}$/);

export const TokenClaims = z.object({
  sub: z.uuid(),
  sid: z.string().min(1).max(64),
  org: z.uuid(),
  prm: Digest,
  /** The API key the token was exchanged for. */
  key: z.uuid().optional(),
  /** Of what the owner of such a key holds in all; absent where it belongs to no person. */
  own: Digest.optional(),
  /** RFC 8693, 4.1: who acts for the subject. */
  act: z.object({ sub: z.uuid() }).optional(),
  iat: z.number(),
  exp: z.number(),
});
export type TokenClaims = z.output<typeof TokenClaims>;

/** The key id a token names, if its header is one we accept: RS256 and nothing else. */
export function keyIdOf(token: string): string | undefined {
  if (token.length > LONGEST_TOKEN) return undefined;
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    return Header.parse(JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString('utf8'))).kid;
  } catch {
    return undefined;
  }
}

/** The token of an `Authorization: Bearer …` header. */
export const bearerToken = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header)?.[1];

/** A token as a request presents it. */
export interface Bearer {
  token: string;
  /** SHA-256, base64url: the name under which it is counted and remembered, so that tokens themselves are not kept. */
  hash: string;
}

/** The bearer token of an `Authorization` header, with its hash. */
export function readBearer(header: string | undefined): Bearer | undefined {
  const token = bearerToken(header);
  return token === undefined ? undefined : { token, hash: hash('sha256', token, 'base64url') };
}
