import { expect, it } from '@jest/globals';
import { expiryOf } from './token-expiry';

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

it('reads when a token ends, in milliseconds', () => {
  expect(expiryOf(token({ exp: 1_700_000_000 }))).toBe(1_700_000_000_000);
});

it.each([token({}), token({ exp: 'soon' }), 'not a token', 'a.%%%.c', ''])(
  'says nothing about %s',
  (text) => {
    expect(expiryOf(text)).toBeUndefined();
  },
);
