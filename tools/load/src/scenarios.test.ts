import { describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from '@orion/contracts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { dueAfterMs } from '../scenarios/pace.mjs';
import { REQUESTS_PER_CASE, SCENARIOS } from './scenarios';

interface Step {
  name: string;
  url: string;
  ifTrue?: string;
}

const file = resolve(__dirname, '../scenarios/dispatcher.yml');
const { scenarios } = parse(readFileSync(file, 'utf8')) as {
  scenarios: { flow: { loop: Partial<Record<'get' | 'post', Step>>[] }[] }[];
};
const steps = (scenarios[0]?.flow[0]?.loop ?? []).flatMap((step) =>
  (['get', 'post'] as const).flatMap((method) => {
    const request = step[method];
    return request ? [{ method: method.toUpperCase(), ...request }] : [];
  }),
);

const shapeOf = (path: string): string => path.replace(/\?.*$/, '').replace(/:\w+|\{\{ \w+ \}\}/g, ':');

it.each(steps)('$name of the case is what its contract says', ({ name, method, url }) => {
  const contract = ENDPOINTS.find(({ id }) => id === name);
  expect(`${method} ${shapeOf(url)}`).toBe(`${contract?.method} /api/v1${shapeOf(contract?.path ?? '')}`);
});

it('a case has as many requests as the pace counts with', () => {
  const alternatives = steps.filter(({ ifTrue }) => ifTrue === 'isUnwanted').length;
  expect(steps.length - alternatives).toBe(REQUESTS_PER_CASE);
});

describe('the pace', () => {
  const users = SCENARIOS.get('users')?.of(5);

  it('of 100 users makes 1,000 requests a minute, for as long as was asked and until all have come', () => {
    const { placeMs = 0, requests = 0 } = users?.pace ?? {};
    expect((100 * 60_000) / placeMs).toBe(1_000);
    expect(requests * placeMs).toBe(6 * 60_000);
    expect(users?.requests).toBe(6_000);
  });

  it('gives every request a moment in its own place', () => {
    expect(dueAfterMs(0, 6_000, 0)).toBe(0);
    expect(dueAfterMs(3, 6_000, 0.5)).toBe(21_000);
    expect(dueAfterMs(4, 6_000, 0)).toBeGreaterThanOrEqual(dueAfterMs(3, 6_000, 1));
  });

  it('of orders is a rate an hour', () => {
    expect(SCENARIOS.get('orders')?.of(30).phases).toEqual([{ duration: 1_800, arrivalCount: 25 }]);
    expect(SCENARIOS.get('orders-rush')?.of(5).phases).toEqual([{ duration: 300, arrivalCount: 17 }]);
  });
});
