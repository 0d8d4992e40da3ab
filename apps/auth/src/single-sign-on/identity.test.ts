import { describe, expect, it } from '@jest/globals';
import { domainOf, identityOf } from './identity';

describe('identityOf', () => {
  const claims = { sub: 's-1', email: 'ada@example.org', email_verified: true, name: 'Ada Lovelace' };

  it('reads subject, address and name', () => {
    expect(identityOf(claims)).toEqual({ subject: 's-1', email: 'ada@example.org', name: 'Ada Lovelace' });
  });

  it.each([
    [{ ...claims, name: undefined, given_name: 'Ada', family_name: 'Byron' }, 'Ada Byron'],
    [{ ...claims, name: ' ', given_name: 'Ada' }, 'Ada'],
    [{ ...claims, name: 7 }, 'ada'],
    [{ ...claims, name: 'x'.repeat(300) }, 'x'.repeat(200)],
  ])('finds a name in %j', (given, name) => {
    expect(identityOf(given)?.name).toBe(name);
  });

  it('takes an address of which the provider does not say that it is verified', () => {
    expect(identityOf({ ...claims, email_verified: undefined })?.email).toBe('ada@example.org');
  });

  it.each([
    [{ ...claims, email_verified: false }],
    [{ ...claims, email: undefined }],
    [{ ...claims, email: 'ada' }],
    [{ ...claims, email: 'ada@evil.example@example.org' }],
    [{ ...claims, email: ['ada@example.org'] }],
    [{ ...claims, sub: '' }],
  ])('is nobody with %j', (given) => {
    expect(identityOf(given)).toBeNull();
  });
});

it('a domain is what stands behind the last @, in lower case', () => {
  expect(domainOf('Ada@Example.ORG')).toBe('example.org');
});
