import { expect, it } from '@jest/globals';
import { overviewOf, recentOf } from './overview-parts';

it('names the parts it lacks', () => {
  const parts = { orders: { total: 0, byState: {} }, notifications: null, webhooks: null, activity: [] };
  expect(overviewOf(parts)).toEqual({ ...parts, missing: ['notifications', 'webhooks'] });
  expect(
    overviewOf({ ...parts, notifications: { recent: 0, failed: 0 }, webhooks: { recent: 0, failed: 0 } })
      .missing,
  ).toEqual([]);
});

it('counts what is at most a day old', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const at = (createdAt: string) => ({ createdAt });
  const newest = [at('2026-11-21T11:00:00Z'), at('2026-11-20T12:00:01Z'), at('2026-11-20T12:00:00Z')];
  expect(recentOf(newest, newest.slice(1), now)).toEqual({ recent: 2, failed: 1 });
});
