import { describe, expect, it } from '@jest/globals';
import { linkToken } from './link-token';

describe('linkToken', () => {
  it('reads the token, and nothing where there is none', () => {
    expect(linkToken('#token=a%26b')).toBe('a&b');
    expect(linkToken('')).toBe('');
    expect(linkToken('#other=1')).toBe('');
  });
});
