import type { jwks, Reply } from '@orion/contracts';
import type { Revocation } from './revocation';

/** A public key as the JSON Web Key Set lists it. */
export type PublicJwk = Reply<typeof jwks>['keys'][number];

/** Where the keys that verify tokens come from. */
export interface KeySource {
  /** The key of this id; null for an id nobody knows. */
  find(kid: string): Promise<PublicJwk | null>;
}

/** Where the permissions behind a digest come from. */
export interface PermissionSource {
  /** The permissions; null for a digest nobody ever minted. */
  find(digest: string): Promise<readonly string[] | null>;
}

/** Where it is told which access tokens count no longer. */
export interface RevocationSource {
  /** What was written at this moment or later, the oldest first. @param at milliseconds since 1970 */
  since(at: number): Promise<readonly Revocation[]>;
}

export const KEY_SOURCE = Symbol('KeySource');
export const PERMISSION_SOURCE = Symbol('PermissionSource');
export const REVOCATION_SOURCE = Symbol('RevocationSource');
export const AUTH_URL = Symbol('AuthUrl');
