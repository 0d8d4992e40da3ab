import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { apiKeyHash, newApiKey, readApiKey } from './api-key';

const organizationId = randomUUID();

describe('an API key', () => {
  it('begins with what it is shown by, and never comes twice', () => {
    const keys = [newApiKey(organizationId), newApiKey(organizationId)];
    for (const { key, prefix } of keys) {
      expect(prefix).toMatch(/^orion_[0-9a-f]{8}$/);
      expect(key).toMatch(/^orion_[0-9a-f]{8}_[\w-]{64}$/);
      expect(key.startsWith(`${prefix}_`)).toBe(true);
    }
    expect(new Set(keys.map((it) => it.key)).size).toBe(2);
  });

  it('is read from its header as its hash and its organization', () => {
    const { key } = newApiKey(organizationId);
    const presented = { hash: apiKeyHash(key), organizationId };
    expect(readApiKey(`Bearer ${key}`)).toEqual(presented);
    expect(readApiKey(`bearer ${key}`)).toEqual(presented);
    expect(presented.hash).toMatch(/^[\w-]{43}$/);
  });

  it.each([undefined, '', 'Bearer a.b.c', 'Basic orion_x', 'Bearer  orion_x', 'orion_x'])(
    'is none in the header %s',
    (header) => expect(readApiKey(header)).toBeUndefined(),
  );

  it.each(['orion_', 'orion_x', `orion_00000000_${'A'.repeat(63)}`, `orion_0000000g_${'A'.repeat(64)}`])(
    'is malformed as %s',
    (key) =>
      expect(readApiKey(`Bearer ${key}`)).toEqual({ hash: apiKeyHash(key), organizationId: undefined }),
  );

  it('is malformed where its first bytes are no id', () => {
    const key = `orion_00000000_${Buffer.alloc(48, 0xf1).toString('base64url')}`;
    expect(readApiKey(`Bearer ${key}`)?.organizationId).toBeUndefined();
  });
});
