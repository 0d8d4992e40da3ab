import { describe, expect, it } from '@jest/globals';
import { decideRefresh, type Family, GRACE_MS, LIVES, tokenEnd } from './refresh';

const { wholeMs: SESSION_MS, idleMs: IDLE_MS } = LIVES.LASTING;

const rotatedAt = new Date('2026-03-01T10:00:00Z');
const later = (ms: number) => new Date(rotatedAt.getTime() + ms);
const family: Family = { generation: 3, rotatedAt, expiresAt: later(SESSION_MS), endedAt: null };
const token = (generation: number) => ({ generation, expiresAt: later(IDLE_MS) });

describe('decideRefresh', () => {
  it('rotates the newest token until it ends', () => {
    expect(decideRefresh(token(3), family, later(0))).toBe('rotate');
    expect(decideRefresh(token(3), family, later(IDLE_MS - 1))).toBe('rotate');
    expect(decideRefresh(token(3), family, later(IDLE_MS))).toBe('reject');
  });

  it('repeats the answer to the preceding token within the grace, while its successor is the newest', () => {
    expect(decideRefresh(token(2), family, later(0))).toBe('repeat');
    expect(decideRefresh(token(2), family, later(GRACE_MS - 1))).toBe('repeat');
  });

  it('sees reuse in the preceding token after the grace, and in every older one', () => {
    expect(decideRefresh(token(2), family, later(GRACE_MS))).toBe('reuse');
    expect(decideRefresh(token(1), family, later(0))).toBe('reuse');
  });

  it('sees reuse within the grace once the successor was used', () => {
    expect(decideRefresh(token(2), { ...family, generation: 4 }, later(1))).toBe('reuse');
  });

  it('rejects every token of a family that has ended', () => {
    for (const generation of [1, 2, 3]) {
      expect(decideRefresh(token(generation), { ...family, endedAt: rotatedAt }, later(1))).toBe('reject');
      expect(decideRefresh(token(generation), family, family.expiresAt)).toBe('reject');
    }
  });
});

describe('tokenEnd', () => {
  it('is the idle time away, and never after the session’s end', () => {
    expect(tokenEnd(rotatedAt, later(SESSION_MS), 'LASTING')).toEqual(later(IDLE_MS));
    expect(tokenEnd(rotatedAt, later(1000), 'LASTING')).toEqual(later(1000));
    expect(tokenEnd(rotatedAt, later(SESSION_MS), 'BRIEF')).toEqual(later(LIVES.BRIEF.idleMs));
  });
});
