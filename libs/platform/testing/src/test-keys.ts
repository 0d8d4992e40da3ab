import { apiKeyHash, newApiKey } from '@orion/security';
import { randomUUID } from 'node:crypto';
import { signTestToken, type TestClaims } from './test-tokens';

/** An API key as auth would know it. */
export interface TestKey {
  id: string;
  key: string;
  /** Of the tokens it is exchanged for; nobody gets one while there are none. */
  claims: TestClaims | null;
  /** Whether auth gives no usable answer. */
  failing: boolean;
  /** How often it was asked about. */
  asked: number;
}

const made = new Map<string, TestKey>();

/** @param like another secret of this key instead of a new one */
export function makeTestKey(claims: TestClaims, like?: TestKey): TestKey {
  const { key } = newApiKey(claims.organizationId);
  const id = like?.id ?? randomUUID();
  const testKey: TestKey = { id, key, claims: { ...claims, apiKeyId: id }, failing: false, asked: 0 };
  made.set(apiKeyHash(key), testKey);
  return testKey;
}

/** What auth answers about a key; undefined where it fails to. */
export function testExchange(hash: string): { apiKeyId: string; accessToken: string } | null | undefined {
  const found = made.get(hash);
  if (!found) return null;
  found.asked += 1;
  if (found.failing) return undefined;
  return found.claims && { apiKeyId: found.id, accessToken: signTestToken(found.claims) };
}
