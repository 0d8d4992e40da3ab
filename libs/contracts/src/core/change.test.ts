import { describe, expect, it } from '@jest/globals';
import { changeOf, type Fields, hasChanged } from '../index';

const was: Fields = { name: 'Night', roles: ['a', 'b'], home: { latitude: 1, longitude: 2 }, gone: true };

describe('a change', () => {
  it('holds what differs and nothing else', () => {
    const change = changeOf(was, {
      name: 'Day',
      roles: ['a', 'b'],
      home: { latitude: 1, longitude: 3 },
      more: 1,
    });
    expect(change).toEqual({
      before: { name: 'Night', home: { latitude: 1, longitude: 2 }, gone: true, more: null },
      after: { name: 'Day', home: { latitude: 1, longitude: 3 }, gone: null, more: 1 },
    });
    expect(hasChanged(change)).toBe(true);
  });

  it('is none between two equal states, and all of what is new or gone', () => {
    expect(hasChanged(changeOf(was, { ...was }))).toBe(false);
    expect(changeOf(null, was)).toEqual({ before: null, after: was });
    expect(changeOf(was, null)).toEqual({ before: was, after: null });
    for (const change of [changeOf(null, was), changeOf(was, null)]) expect(hasChanged(change)).toBe(true);
  });

  it.each([
    'password',
    'newPassword',
    'passwordHash',
    'secret',
    'signingSecret',
    'refreshToken',
    'tokenHash',
    'apiKey',
    'privateKey',
    'sealedToken',
    'recoveryCodes',
    'credential',
    'cookie',
  ])('carries no %s, however deep', (name) => {
    expect(() => changeOf(null, { [name]: 'x' })).toThrow(`"${name}" looks like a secret`);
    expect(() => changeOf({ people: [{ at: { [name]: 'x' } }] }, null)).toThrow(
      `"${name}" looks like a secret`,
    );
  });
});
