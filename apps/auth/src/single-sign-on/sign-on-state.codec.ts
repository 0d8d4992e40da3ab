import { createHash, randomBytes } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ORGANIZATION_BYTES = 16;
const RANDOM_BYTES = 32;
const SHAPE = /^[\w-]{64}$/;

/** The `state` of an attempt: the organization's id, by which it is found under row-level security, and 256 random bits. */
export const newState = (organizationId: string): string =>
  Buffer.concat([parse(organizationId), randomBytes(RANDOM_BYTES)]).toString('base64url');

/** Undefined for what was never a state. */
export function organizationOf(state: string): string | undefined {
  if (!SHAPE.test(state)) return undefined;
  try {
    return stringify(Buffer.from(state, 'base64url').subarray(0, ORGANIZATION_BYTES));
  } catch {
    return undefined;
  }
}

/** 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(RANDOM_BYTES).toString('base64url');

/** SHA-256 of what is kept of a state or a browser's secret. */
export const hashOf = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
