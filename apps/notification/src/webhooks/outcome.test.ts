import { describe, expect, it } from '@jest/globals';
import { type Attempt, verdict } from './outcome';

const NOW = new Date('2026-11-21T10:00:00Z');
const judge = (attempt: Attempt, failures = 1) => verdict(attempt, { failures, now: NOW, chance: 0.5 });
const answered = (status: number, retryAfter?: string): Attempt => ({ kind: 'answered', status, retryAfter });

describe('verdict', () => {
  it.each([200, 201, 202, 204, 299])('%i is delivered', (status) => {
    expect(judge(answered(status))).toEqual({ state: 'DELIVERED' });
  });

  it.each([300, 301, 302, 303, 307, 308, 304])('%i has failed: redirects are not followed', (status) => {
    expect(judge(answered(status))).toEqual({
      state: 'FAILED',
      error: `HTTP ${status}: redirects are not followed`,
    });
  });

  it('410 fails and disables', () => {
    expect(judge(answered(410))).toMatchObject({ state: 'FAILED', disable: expect.stringContaining('410') });
  });

  it.each([429, 502, 503, 504])('%i honours Retry-After', (status) => {
    expect(judge(answered(status, '77'))).toEqual({
      state: 'PENDING',
      delaySeconds: 77,
      error: `HTTP ${status}`,
    });
    expect(judge(answered(status))).toMatchObject({ state: 'PENDING', delaySeconds: 30 });
  });

  it.each([400, 401, 404, 409, 500, 501])('%i follows the schedule, whatever it asks', (status) => {
    expect(judge(answered(status, '5'), 3)).toEqual({
      state: 'PENDING',
      delaySeconds: 120,
      error: `HTTP ${status}`,
    });
  });

  it('a broken attempt follows the schedule', () => {
    expect(judge({ kind: 'broken', error: 'reset' }, 2)).toEqual({
      state: 'PENDING',
      delaySeconds: 60,
      error: 'reset',
    });
  });

  it('a forbidden address has failed at once', () => {
    expect(judge({ kind: 'forbidden', error: 'private' })).toEqual({ state: 'FAILED', error: 'private' });
  });

  it('fails after the sixth attempt', () => {
    expect(judge(answered(500), 6)).toEqual({ state: 'FAILED', error: 'HTTP 500' });
    expect(judge(answered(429, '5'), 6)).toEqual({ state: 'FAILED', error: 'HTTP 429' });
  });
});
