import { describe, expect, it } from '@jest/globals';
import { excerpt, shortError } from './excerpt';

describe('excerpt', () => {
  it('keeps the first 2,000 characters', () => {
    expect(excerpt(Buffer.from('é'.repeat(3_000)))).toBe('é'.repeat(2_000));
  });

  it('replaces what a database cannot hold', () => {
    expect(excerpt(Buffer.from([0x61, 0, 0xff]))).toBe('a\uFFFD\uFFFD');
    expect(excerpt(Buffer.from(`${'a'.repeat(1_999)}😀`))).toBe(`${'a'.repeat(1_999)}\uFFFD`);
  });
});

describe('shortError', () => {
  it('is one short line', () => {
    expect(shortError(' a\n b\u0000 ')).toBe('a b\uFFFD');
    expect(shortError('x'.repeat(900))).toHaveLength(500);
  });
});
