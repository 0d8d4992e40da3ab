import { describe, expect, it } from '@jest/globals';
import { endedSessionKey, holderKey, REVOCATION_LIFE_MS, RevocationList } from './revocation';

const claims = { sub: 'user', org: 'organization', sid: 'session', prm: 'digest', iat: 0 };
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

  it('covers the tokens of an API key by all its owner holds, whatever the key holds of it', () => {
    const list = new RevocationList();
    const ofKey = { ...claims, prm: 'part', own: 'digest' };
    list.add(told(holderKey('organization', 'user'), 'digest'), 0);
    expect(list.covers(ofKey)).toBe(false);
    list.add(told(holderKey('organization', 'user'), 'part'), 1);
    expect(list.covers(ofKey)).toBe(true);
    list.add(told(holderKey('organization', 'user')), 2);
    expect([list.covers(ofKey), list.covers(claims)]).toEqual([true, true]);
  });

  it('covers no token that was issued long after the change: it is for what holds now, whatever that has become', () => {
    const list = new RevocationList();
    list.add({ key: holderKey('organization', 'user'), digest: 'as it was', at: 1_000_000 }, 0);
    expect(list.covers({ ...claims, iat: 1_059 })).toBe(true);
    expect(list.covers({ ...claims, iat: 1_060 })).toBe(false);
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
