import { describe, expect, it } from '@jest/globals';
import { jestTally, sum, TestOutput } from './jest-summary';

describe('Jest’s summary line', () => {
  it.each([
    ['Tests:       3 passed, 3 total', { passed: 3, failed: 0 }],
    ['Tests:       1 failed, 2 passed, 3 total', { passed: 2, failed: 1 }],
    ['Tests:       4 failed, 4 total', { passed: 0, failed: 4 }],
    ['Tests:       1 failed, 1 skipped, 12 passed, 14 total', { passed: 12, failed: 1 }],
    ['Tests:       0 total', { passed: 0, failed: 0 }],
    ['Test Suites: 1 failed, 2 passed, 3 total', undefined],
    ['Tests: are good', undefined],
  ])('%s', (line, tally) => {
    expect(jestTally(line)).toEqual(tally);
  });
});

const read = (lines: string[], failed: boolean) => {
  const output = new TestOutput();
  lines.forEach((line) => output.add(line));
  return Object.fromEntries(output.results(failed));
};

describe('output of all projects', () => {
  it('is counted project by project, colours or not', () => {
    const results = read(
      [
        'auth: PASS unit src/a.test.ts',
        'auth: \u001b[1mTests:       \u001b[22m2 passed, 2 total',
        'user: Tests:       1 failed, 3 passed, 4 total',
      ],
      true,
    );
    expect(results).toEqual({ auth: { passed: 2, failed: 0 }, user: { passed: 3, failed: 1 } });
  });

  it('counts a failed task whose tests all passed, or did not run, as one failure', () => {
    const results = read(
      [
        'auth: Tests:       2 passed, 2 total',
        ' NX   Ran target test',
        'Failed tasks:',
        '',
        '- auth:test',
        '- gateway:test',
      ],
      true,
    );
    expect(results).toEqual({ auth: { passed: 2, failed: 1 }, gateway: { passed: 0, failed: 1 } });
  });

  it('does not count a failed test twice', () => {
    const results = read(
      ['auth: Tests:       1 failed, 2 passed, 3 total', 'Failed tasks:', '- auth:test'],
      true,
    );
    expect(results).toEqual({ auth: { passed: 2, failed: 1 } });
  });

  it('takes dashes for failed tasks only in that list', () => {
    expect(read(['auth:   - a:b', 'auth: Tests:       1 passed, 1 total'], false)).toEqual({
      auth: { passed: 1, failed: 0 },
    });
  });

  it('never passes over a failure that nothing explains', () => {
    expect(sum(Object.values(read(['auth: Tests:       1 passed, 1 total'], true)))).toEqual({
      passed: 1,
      failed: 1,
    });
  });
});
