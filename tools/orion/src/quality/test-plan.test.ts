import { expect, it } from '@jest/globals';
import { testPlan } from './test-plan';

it('runs everything when nothing is asked', () => {
  expect(testPlan([])).toEqual({ nx: { command: 'run-many', options: [] }, journeys: true });
});

it('leaves the journeys out when some tests are asked for', () => {
  expect(testPlan(['-p', 'auth'])).toEqual({
    nx: { command: 'run-many', options: ['-p', 'auth'] },
    journeys: false,
  });
});

it('runs what is affected since a commit', () => {
  expect(testPlan(['--affected', '--base=abc'])).toEqual({
    nx: { command: 'affected', options: ['--base=abc'] },
    journeys: false,
  });
});

it('runs the journeys alone', () => {
  expect(testPlan(['--journeys'])).toEqual({ journeys: true });
});
