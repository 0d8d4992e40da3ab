import { describe, expect, it } from '@jest/globals';
import type { NotificationConfig } from '../notification.config';
import { newSecret, SecretCipher } from './secret.cipher';

describe('SecretCipher', () => {
  const cipher = (fill: number) =>
    new SecretCipher({
      ORION_ENCRYPTION_KEY: Buffer.alloc(32, fill).toString('base64'),
    } as NotificationConfig);

  it('makes secrets of 32 bytes', () => {
    expect(Buffer.from(newSecret().replace('whsec_', ''), 'base64')).toHaveLength(32);
  });

  it('opens what it sealed, for the same row and with the same key only', () => {
    const secret = newSecret();
    const sealed = cipher(1).seal('row', secret);
    expect(sealed).not.toContain(secret.slice(6));
    expect(cipher(1).open('row', sealed)).toBe(secret);
    expect(cipher(1).seal('row', secret)).not.toBe(sealed);
    expect(() => cipher(1).open('other row', sealed)).toThrow();
    expect(() => cipher(2).open('row', sealed)).toThrow();
    expect(() => cipher(1).open('row', sealed.slice(0, -2))).toThrow();
    expect(() => cipher(1).open('row', sealed.replace('v1', 'v9'))).toThrow('v9');
  });
});
