import { describe, expect, it } from '@jest/globals';
import { addressKey, rateLimitHeaders, rateLimitKey, refusedTokens } from './rate-limit';

describe('rateLimitHeaders', () => {
  it('tells where a client stands', () => {
    expect(rateLimitHeaders({ limit: 10, remaining: 3, resetMs: 1500, allowed: true })).toEqual({
      'ratelimit-policy': '10;w=60',
      'ratelimit-limit': '10',
      'ratelimit-remaining': '3',
      'ratelimit-reset': '2',
    });
  });

  it('tells when to come back once the limit is reached, never in less than a second', () => {
    const headers = rateLimitHeaders({ limit: 10, remaining: -1, resetMs: 0, allowed: false });
    expect(headers).toMatchObject({ 'ratelimit-remaining': '0', 'retry-after': '1' });
  });
});

describe('rateLimitKey', () => {
  it('counts a token apart from its address', () => {
    expect(rateLimitKey({ address: '203.0.113.9', tokenHash: 'h' })).toBe('token:h');
    expect(rateLimitKey({ address: '203.0.113.9' })).toBe('address:203.0.113.9');
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', 'address:2001:db8:1:2::/64'],
    ['2001:db8::9', 'address:2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'address:fe80:0:0:0::/64'],
  ])('counts the network of %s', (address, key) => expect(addressKey(address)).toBe(key));
});

it('lets an address send a tenth of the limit in refused tokens, at least 20', () => {
  expect(refusedTokens(6000)).toBe(600);
  expect(refusedTokens(5)).toBe(20);
});
