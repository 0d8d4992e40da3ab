import { expect, it } from '@jest/globals';
import { SERVICES } from '@orion/contracts';
import { addressesIn, eachAddress } from './upstreams';

it('there is an address for every service but the gateway itself', () => {
  const config = eachAddress((service) => `http://${service}`);
  expect(config).toMatchObject({ AUTH_URL: 'http://auth', SCHEDULING_URL: 'http://scheduling' });
  expect(Object.keys(addressesIn(config)).sort()).toEqual(SERVICES.filter((it) => it !== 'gateway').sort());
  expect(addressesIn(config).user).toBe('http://user');
});
