import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { RefreshTokenCodec } from './refresh-token.codec';

const codec = new RefreshTokenCodec({ ORION_ENCRYPTION_KEY: randomBytes(32) });
const organizationId = uuid();

describe('RefreshTokenCodec', () => {
  it('carries the organization through every successor', () => {
    const first = codec.first(organizationId);
    expect(codec.organizationOf(first)).toBe(organizationId);
    expect(codec.organizationOf(codec.successor(first))).toBe(organizationId);
  });

  it('derives the same successor again, and only with the same key', () => {
    const first = codec.first(organizationId);
    const other = new RefreshTokenCodec({ ORION_ENCRYPTION_KEY: randomBytes(32) });
    expect(codec.successor(first)).toBe(codec.successor(first));
    expect(codec.successor(first)).not.toBe(first);
    expect(other.successor(first)).not.toBe(codec.successor(first));
  });

  it('never issues one token twice', () => {
    expect(codec.first(organizationId)).not.toBe(codec.first(organizationId));
  });

  it.each(['', 'x', 'a'.repeat(63), `${'a'.repeat(63)}=`, `${'a'.repeat(63)}\0`, '_'.repeat(65)])(
    'finds no organization in %j',
    (text) => expect(codec.organizationOf(text)).toBeUndefined(),
  );

  it('finds no organization where the bytes are no id', () => {
    expect(codec.organizationOf('Z'.repeat(64))).toBeUndefined();
  });

  it('stores 32 bytes that are not the token', () => {
    expect(codec.hash(codec.first(organizationId))).toHaveLength(32);
  });
});
