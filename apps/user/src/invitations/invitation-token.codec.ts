import { createHash, randomBytes } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ORGANIZATION_BYTES = 16;
const SECRET_BYTES = 32;
const SHAPE = /^[\w-]{64}$/;

export interface NewToken {
  token: string;
  hash: Uint8Array<ArrayBuffer>;
}

/** What is stored of a token. */
export const hashOf = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/**
 * base64url of the organization's id and 32 secret bytes. The id lets its hash be looked up under row-level security;
 * a false one finds nothing.
 */
export function newToken(organizationId: string): NewToken {
  const token = Buffer.concat([parse(organizationId), randomBytes(SECRET_BYTES)]).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** Undefined for what is no token at all. */
export function organizationOf(token: string): string | undefined {
  if (!SHAPE.test(token)) return undefined;
  try {
    return stringify(Buffer.from(token, 'base64url').subarray(0, ORGANIZATION_BYTES));
  } catch {
    return undefined;
  }
}
