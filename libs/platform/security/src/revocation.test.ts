import { describe, expect, it } from '@jest/globals';
import { endedSessionKey, holderKey, REVOCATION_LIFE_MS, RevocationList } from './revocation';

const claims = { sub: 'user', org: 'organization', sid: 'session', prm: 'digest' };
const told = (key: string, digest: string | null = null) => ({ key, digest, at: 0 });

describe('RevocationList', () => {
  it('covers the tokens of an ended session and no others', () => {
    const list = new RevocationList();
    expect(list.covers(claims)).toBe(false);
    list.add(told(endedSessionKey('session')), 0);
    expect(list.covers(claims)).toBe(true);
    expect(list.covers({ ...claims, sid: 'other' })).toBe(false);
  });

  it('covers tokens with permissions that hold no longer, in that organization', () => {
    const list = new RevocationList();
    list.add(told(holderKey('organization', 'user'), 'less'), 0);
    expect(list.covers(claims)).toBe(true);
    expect(list.covers({ ...claims, prm: 'less' })).toBe(false);
    expect(list.covers({ ...claims, org: 'other' })).toBe(false);
    list.add(told(holderKey('organization', 'user'), 'digest'), 1);
    expect(list.covers(claims)).toBe(false);
  });

  it('covers tokens somebody acts with for somebody else by their session alone', () => {
    const list = new RevocationList();
    const acting = { ...claims, act: { sub: 'other' } };
    list.add(told(holderKey('organization', 'user'), 'less'), 0);
    list.add(told(holderKey('organization', 'other'), 'less'), 0);
    expect(list.covers(acting)).toBe(false);
    list.add(told(endedSessionKey('session')), 0);
    expect(list.covers(acting)).toBe(true);
  });

  it('forgets when no such token can be alive, the oldest first', () => {
    const list = new RevocationList();
    list.add(told(endedSessionKey('session')), 0);
    list.add(told(endedSessionKey('later')), 10);
    list.prune(REVOCATION_LIFE_MS);
    expect(list.covers(claims)).toBe(false);
    expect(list.covers({ ...claims, sid: 'later' })).toBe(true);
  });
});
