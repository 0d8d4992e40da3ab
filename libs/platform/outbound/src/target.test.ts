import { describe, expect, it } from '@jest/globals';
import { isAllowedAddress } from './allowed-address';
import { hostOf, targetProblem } from './target';

describe('targetProblem', () => {
  it.each([
    ['https://example.org/hook', null],
    ['http://example.org:8080/hook?x=1', null],
    ['ftp://example.org', 'must start with'],
    ['file:///etc/passwd', 'must start with'],
    ['https://user:pass@example.org', 'user name'],
    ['https://example.org/#part', 'fragment'],
    ['nonsense', 'not an address'],
  ])('%s → %s', (address, problem) => {
    if (problem === null) expect(targetProblem(address)).toBeNull();
    else expect(targetProblem(address)).toContain(problem);
  });

  it.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://①②⑦.0.0.1/', '127.0.0.1'],
  ])('%s is read as %s', (address, host) => {
    expect(hostOf(address)).toBe(host);
  });
});

describe('isAllowedAddress', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '168.63.129.16',
    '100.64.0.1',
    '100.127.255.254',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:a9fe:a9fe::1',
    '2001:0:1234::1',
    '2001:db8::1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '100::1',
    'not an address',
    '',
  ])('refuses %s', (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    'allows %s',
    (address) => {
      expect(isAllowedAddress(address, false)).toBe(true);
    },
  );

  it('lets the development switch open loopback and nothing else', () => {
    expect(['127.0.0.1', '::1'].every((it) => isAllowedAddress(it, true))).toBe(true);
    expect(
      ['10.0.0.1', '::ffff:127.0.0.1', '0.0.0.0', '169.254.169.254'].some((it) => isAllowedAddress(it, true)),
    ).toBe(false);
  });
});
