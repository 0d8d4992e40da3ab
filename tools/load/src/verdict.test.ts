import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './outcome';
import { textOf } from './report';
import { faultsOf, TARGETS } from './verdict';

const summary = (median: number, p95: number, p99: number, count = 1_000) => ({
  ...{ min: 1, max: 900, count, mean: 30, p50: median, median, p75: 40, p90: 80 },
  ...{ p95, p99, p999: 800 },
});

const report = (counters: Record<string, number>, answer = summary(20, 150, 300)) => ({
  aggregate: {
    counters: { 'http.requests': 1_000, 'http.codes.200': 1_000, 'vusers.failed': 0, ...counters },
    rates: {},
    summaries: { 'orion.answer': answer, 'orion.answer.customers.list': summary(9, 12, 20, 100) },
  },
  intermediate: [],
});

const calm = { waiting: 2, poolTimeouts: 0, lockTimeouts: 0, backlog: 12, backlogLeft: 0 };
const timed = { requests: 1_000, isTimed: true };

const faults = (counters: Record<string, number>, pressure: Partial<typeof calm> = {}, of = timed) =>
  faultsOf(of, outcomeOf(report(counters)), { ...calm, ...pressure });

describe('a load', () => {
  it('passes where everything was answered, in time, and nothing got stuck', () => {
    expect(faults({})).toEqual([]);
  });

  it.each<[string, Record<string, number>, Partial<typeof calm>, string]>([
    ['a refusal', { 'orion.refused.calendar.hold.409': 2 }, {}, '2 failures: calendar.hold.409'],
    ['an error', { 'errors.ECONNRESET': 1 }, {}, '1 failure: ECONNRESET'],
    ['a load that was not given', { 'http.requests': 900 }, {}, 'only 900 of 1000 requests were sent'],
    ['a request without an answer', { 'http.requests': 1_002 }, {}, '2 requests without an answer'],
    ['a pool timeout', {}, { poolTimeouts: 1 }, '1 transaction got no connection'],
    ['a lock timeout', {}, { lockTimeouts: 3 }, '3 transactions waited for a lock in vain'],
    ['events that stay', {}, { backlogLeft: 5 }, '5 events left in the outboxes after a minute'],
  ])('fails for %s', (_what, counters, pressure, fault) => {
    expect(faults(counters, pressure)).toEqual([fault]);
  });

  it('fails for slow answers, where there are enough of them to say so', () => {
    const slow = outcomeOf(report({}, summary(20, 200, 300)));
    expect(faultsOf(timed, slow, calm)).toEqual(['p95 is 200 ms, not below 200 ms']);
    expect(faultsOf({ ...timed, isTimed: false }, slow, calm)).toEqual([]);
  });
});

it('the report says figures beside their targets, and why it failed', () => {
  const outcome = outcomeOf(report({ 'errors.ETIMEDOUT': 3 }, summary(20, 250, 300)));
  const text = textOf({
    name: 'users',
    summary: '100 users',
    passed: false,
    faults: faultsOf(timed, outcome, calm),
    outcome,
    pressure: calm,
    targets: TARGETS,
  });
  expect(text).toContain('requests   1,000, 3 failed');
  expect(text).toContain('p50 20 ms (< 100)   p95 250 ms (not < 200)   p99 300 ms (< 500)');
  expect(text).toMatch(/customers\.list +100 +9 +12 +20/);
  expect(text).toContain('failed\n  3 failures: ETIMEDOUT\n  p95 is 250 ms');
});
