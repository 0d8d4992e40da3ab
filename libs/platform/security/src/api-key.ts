import { hash, randomBytes } from 'node:crypto';
import { parse, stringify } from 'uuid';

const PREFIX_BYTES = 4;
const ORGANIZATION_BYTES = 16;
const SECRET_BYTES = 32;
const SHAPE = /^orion_[0-9a-f]{8}_([\w-]{64})$/;
const PRESENTED = /^Bearer (orion_\S*)$/i;

export interface NewKey {
  key: string;
  /** What it begins with; shown in lists. */
  prefix: string;
}

/**
 * `orion_<8 hex digits>_<base64url of the organization's id and 32 random bytes>`. The word lets scanners find a leaked
 * one; the id lets its hash be looked up under row-level security, and a false one finds nothing.
 */
export function newApiKey(organizationId: string): NewKey {
  const prefix = `orion_${randomBytes(PREFIX_BYTES).toString('hex')}`;
  const secret = Buffer.concat([parse(organizationId), randomBytes(SECRET_BYTES)]).toString('base64url');
  return { key: `${prefix}_${secret}`, prefix };
}

/** A key as a request presents it. */
export interface PresentedKey {
  /** SHA-256, base64url. */
  hash: string;
  /** Undefined where it is malformed. */
  organizationId: string | undefined;
}

/** The API key of an `Authorization: Bearer orion_…` header; undefined where there is none. */
export function readApiKey(header: string | undefined): PresentedKey | undefined {
  const key = header === undefined ? undefined : PRESENTED.exec(header)?.[1];
  return key === undefined ? undefined : { hash: apiKeyHash(key), organizationId: organizationOf(key) };
}

/** What is stored and told of a key: SHA-256, base64url. */
export const apiKeyHash = (key: string): string => hash('sha256', key, 'base64url');

function organizationOf(key: string): string | undefined {
  const secret = SHAPE.exec(key)?.[1];
  if (secret === undefined) return undefined;
  try {
    return stringify(Buffer.from(secret, 'base64url').subarray(0, ORGANIZATION_BYTES));
  } catch {
    return undefined;
  }
}
