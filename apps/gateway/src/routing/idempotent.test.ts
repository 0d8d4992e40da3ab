import { expect, it } from '@jest/globals';
import { isIdempotent } from './idempotent';

it.each([
  ['GET', 'none', undefined, true],
  ['PUT', 'none', undefined, true],
  ['DELETE', 'none', undefined, true],
  ['POST', 'optional', undefined, false],
  ['POST', 'optional', 'key', true],
  ['POST', 'none', 'key', false],
  ['PATCH', 'none', undefined, false],
])('%s with idempotency %s and key %s: %s', (method, idempotency, key, expected) => {
  expect(isIdempotent(method, { idempotency }, key)).toBe(expected);
});
