import { describe, expect, it } from '@jest/globals';
import { cookieText, needsSecure, readCookies } from './cookie-text';

describe('readCookies', () => {
  it('reads names and values in their order', () => {
    expect([...readCookies('b=2; a=1==;  c=')]).toEqual([
      ['b', '2'],
      ['a', '1=='],
      ['c', ''],
    ]);
  });

  it('lets nobody put a second value over the first, and skips what is no cookie', () => {
    expect([...readCookies('a=1; a=2; nonsense; =x; ;')]).toEqual([['a', '1']]);
    expect(readCookies(undefined).size).toBe(0);
  });
});

describe('cookieText', () => {
  it('is closed to scripts and to other sites', () => {
    expect(cookieText('a', 'b', { path: '/p', secure: true, seconds: 5 })).toBe(
      'a=b; Path=/p; Max-Age=5; HttpOnly; Secure; SameSite=Strict',
    );
    expect(cookieText('a', 'b', { path: '/p', secure: false })).toBe(
      'a=b; Path=/p; HttpOnly; SameSite=Strict',
    );
  });
});

describe('needsSecure', () => {
  it.each([
    ['http', 'localhost:3000', false],
    ['http', '127.0.0.1:3000', false],
    ['http', '[::1]', false],
    ['http', 'localhost.example.org', true],
    ['http', 'orion.example.org', true],
    ['https', 'localhost', true],
  ])('of %s at %s is %s', (protocol, host, secure) => expect(needsSecure(protocol, host)).toBe(secure));
});
