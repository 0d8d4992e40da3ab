import { describe, expect, it, jest } from '@jest/globals';
import { candidates, deliver, lifeOf } from './delivery';
import { tokensOf } from './minted';

const tokens = tokensOf({ userId: 'u', organizationId: 'o' }, 'access', 'refresh');
const jar = () => ({ held: () => new Map<string, string>(), keep: jest.fn(), drop: jest.fn() });

describe('lifeOf', () => {
  it.each([
    ['body', undefined, 'LASTING'],
    ['body', false, 'BRIEF'],
    ['cookie', undefined, 'BRIEF'],
    ['cookie', true, 'LASTING'],
    ['cookie', false, 'BRIEF'],
  ] as const)('of delivery by %s, remembered %s, is %s', (delivery, remember, life) =>
    expect(lifeOf({ delivery, remember })).toBe(life),
  );
});

describe('deliver', () => {
  it('leaves tokens in the body for programs', () => {
    const cookies = jar();
    expect(deliver({ tokens, life: 'LASTING' }, { delivery: 'body' }, cookies)).toBe(tokens);
    expect(cookies.keep).not.toHaveBeenCalled();
  });

  it('hides the refresh token of a page in a cookie, for a month or until the browser closes', () => {
    const cookies = jar();
    const wish = { delivery: 'cookie', remember: true } as const;
    expect(deliver({ tokens, life: 'LASTING' }, wish, cookies).refreshToken).toBe('');
    deliver({ tokens, life: 'BRIEF' }, wish, cookies);
    expect(cookies.keep.mock.calls).toEqual([
      ['o', 'refresh', 30 * 24 * 3600],
      ['o', 'refresh', undefined],
    ]);
  });
});

describe('candidates', () => {
  const held = new Map([
    ['a', '1'],
    ['b', '2'],
  ]);

  it('are all, the newest first, or the one of the organization', () => {
    expect(candidates(held, undefined)).toEqual([
      ['b', '2'],
      ['a', '1'],
    ]);
    expect(candidates(held, 'A')).toEqual([['a', '1']]);
    expect(candidates(held, 'c')).toEqual([]);
  });
});
