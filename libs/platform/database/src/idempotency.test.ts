import { expect, it } from '@jest/globals';
import { stableJson } from './idempotency';

it('equal requests give equal text whatever the order of their keys', () => {
  expect(stableJson({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe(stableJson({ a: 'x', b: [{ c: 2, d: 1 }] }));
  expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
  expect(stableJson(undefined)).toBe('');
});
