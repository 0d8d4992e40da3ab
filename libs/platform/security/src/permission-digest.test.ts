import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Lru } from './lru';
import { permissionDigest } from './permission-digest';

describe('permissionDigest', () => {
  it('names the set, whatever its order and however often an id is in it', () => {
    const digest = createHash('sha256').update('booking.view,customer.view').digest('base64url');
    expect(permissionDigest(['customer.view', 'booking.view'])).toBe(digest);
    expect(permissionDigest(new Set(['booking.view', 'customer.view']))).toBe(digest);
    expect(permissionDigest(['booking.view', 'customer.view', 'booking.view'])).toBe(digest);
    expect(permissionDigest([])).not.toBe(digest);
  });
});

describe('Lru', () => {
  it('forgets what was used longest ago', () => {
    const lru = new Lru<number>(2);
    lru.set('a', 1);
    lru.set('b', 2);
    expect(lru.get('a')).toBe(1);
    lru.set('c', 3);
    expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3]);
    lru.delete('a');
    expect(lru.get('a')).toBeUndefined();
  });
});
