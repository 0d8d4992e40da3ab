import { expect, it } from '@jest/globals';
import { isNetwork, trustedProxies } from './trusted-proxies.net';

it('trusts the listed addresses and networks, and nobody else', () => {
  const trusted = trustedProxies(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']);
  expect(['10.1.2.3', '192.0.2.7', '2001:db8::1'].every(trusted)).toBe(true);
  expect(['11.0.0.1', '192.0.2.8', '2001:db9::1', 'unknown', ''].some(trusted)).toBe(false);
});

it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/', '10.0.0.0/-1', ''])(
  '%s is no network',
  (entry) => {
    expect(isNetwork(entry)).toBe(false);
    expect(trustedProxies([entry])('10.0.0.1')).toBe(false);
  },
);
