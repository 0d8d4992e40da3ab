import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openSealed, sealFor, sealingPair } from './sealed';

const pair = sealingPair(randomBytes(32));

describe('what is sealed', () => {
  it('is opened by the holder of the private key, and is never the same twice', () => {
    const sealed = sealFor(pair.publicKey, 'row-1', 'a secret ☃');
    expect(openSealed(pair, 'row-1', sealed)).toBe('a secret ☃');
    expect(sealed).not.toContain('secret');
    expect(sealFor(pair.publicKey, 'row-1', 'a secret ☃')).not.toBe(sealed);
  });

  it('stays closed to another key, another row, another version and after any change', () => {
    const sealed = sealFor(pair.publicKey, 'row-1', 'a secret');
    expect(() => openSealed(sealingPair(randomBytes(32)), 'row-1', sealed)).toThrow();
    expect(() => openSealed(pair, 'row-2', sealed)).toThrow();
    expect(() => openSealed(pair, 'row-1', sealed.replace('v1', 'v2'))).toThrow('v2');
    const parts = sealed.split('.');
    for (const index of [1, 2, 3, 4]) {
      const changed = parts.map((it, at) => (at === index ? (it[0] === 'A' ? 'B' : 'A') + it.slice(1) : it));
      expect(() => openSealed(pair, 'row-1', changed.join('.'))).toThrow();
    }
    expect(() => openSealed(pair, 'row-1', 'v1')).toThrow();
  });

  it('depends on the secret of the service alone', () => {
    const secret = randomBytes(32);
    expect(sealingPair(secret).publicKey).toBe(sealingPair(Buffer.from(secret)).publicKey);
    expect(sealingPair(secret).publicKey).not.toBe(pair.publicKey);
  });
});
