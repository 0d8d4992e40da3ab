import { describe, expect, it } from '@jest/globals';
import { afterAttempt } from './breaker';

const NOW = new Date('2026-11-21T10:00:00Z');
const EARLIER = new Date('2026-11-21T09:00:00Z');

describe('afterAttempt', () => {
  it('forgets everything with a delivery', () => {
    expect(afterAttempt({ consecutiveFailures: 9, failingSince: EARLIER }, true, NOW)).toEqual({
      consecutiveFailures: 0,
      failingSince: null,
      pauseSeconds: null,
    });
  });

  it('counts failures from the first one on', () => {
    expect(afterAttempt({ consecutiveFailures: 0, failingSince: null }, false, NOW)).toEqual({
      consecutiveFailures: 1,
      failingSince: NOW,
      pauseSeconds: null,
    });
  });

  it('pauses an endpoint after five in a row, and after each further one', () => {
    const pause = (consecutiveFailures: number) =>
      afterAttempt({ consecutiveFailures, failingSince: EARLIER }, false, NOW).pauseSeconds;
    expect([3, 4, 5].map(pause)).toEqual([null, 30, 30]);
  });

  it('disables an endpoint that failed for three days', () => {
    const after = (since: string) =>
      afterAttempt({ consecutiveFailures: 50, failingSince: new Date(since) }, false, NOW).disable;
    expect(after('2026-11-18T10:00:01Z')).toBeUndefined();
    expect(after('2026-11-18T10:00:00Z')).toContain('72 hours');
  });
});
