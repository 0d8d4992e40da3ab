import { describe, expect, it } from '@jest/globals';
import { pressureOf, type Reading, readingOf } from './pressure';
import { samplesOf } from './exposition';

const at = (reading: Partial<Reading>): Reading => ({
  waiting: 0,
  poolTimeouts: 0,
  lockTimeouts: 0,
  backlog: 0,
  ...reading,
});

describe('pressure', () => {
  it('is the most that waited, and what was added meanwhile', () => {
    const scheduling = [
      at({ lockTimeouts: 7, backlog: 2 }),
      at({ lockTimeouts: 7, waiting: 5, backlog: 40 }),
      at({ lockTimeouts: 9, poolTimeouts: 1, backlog: 1 }),
    ];
    const auth = [at({}), at({ waiting: 2, poolTimeouts: 3 }), at({ poolTimeouts: 3, backlog: 1 })];
    expect(pressureOf([scheduling, auth])).toEqual({
      waiting: 5,
      poolTimeouts: 4,
      lockTimeouts: 2,
      backlog: 40,
      backlogLeft: 2,
    });
  });

  it('counts on where a service began again from zero', () => {
    const history = [at({ lockTimeouts: 5 }), at({ lockTimeouts: 6 }), at({ lockTimeouts: 2 })];
    expect(pressureOf([history]).lockTimeouts).toBe(3);
  });

  it('of nothing is none', () => {
    expect(pressureOf([[]])).toEqual(at({ backlogLeft: 0 } as Partial<Reading>));
  });
});

it('a reading takes the waiting of all pools, not their sizes', () => {
  const page = [
    'database_pool_connections{role="app",kind="waiting"} 3',
    'database_pool_connections{role="app",kind="total"} 8',
    'database_pool_timeouts_total 1',
    'orion_outbox_backlog{service="auth"} 12',
  ].join('\n');
  expect(readingOf(samplesOf(page))).toEqual({ waiting: 3, poolTimeouts: 1, lockTimeouts: 0, backlog: 12 });
});
