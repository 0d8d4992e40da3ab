import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { seal, unseal } from './private-key.cipher';

const key = randomBytes(32);

describe('seal and unseal', () => {
  it('give back what was sealed, and never the same bytes twice', () => {
    const sealed = seal(key, 'a secret', 'k1');
    expect(unseal(key, sealed, 'k1')).toBe('a secret');
    expect(seal(key, 'a secret', 'k1').equals(sealed)).toBe(false);
    expect(sealed.includes('a secret')).toBe(false);
  });

  it('refuse another key, another place and a changed byte', () => {
    const sealed = seal(key, 'a secret', 'k1');
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => unseal(randomBytes(32), sealed, 'k1')).toThrow();
    expect(() => unseal(key, sealed, 'k2')).toThrow();
    expect(() => unseal(key, changed, 'k1')).toThrow();
  });
});
