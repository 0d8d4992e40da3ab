import { createHash } from 'node:crypto';

/** Names a set of permissions: SHA-256, base64url, of the distinct ids in code point order joined by commas. */
export function permissionDigest(permissions: Iterable<string>): string {
  const sorted = [...new Set(permissions)].sort();
  return createHash('sha256').update(sorted.join(',')).digest('base64url');
}
