import { expect, it } from '@jest/globals';
import { FaultLines } from './fault-lines';

const pick = (lines: string[]): string[] => {
  const faults = new FaultLines();
  lines.forEach((line) => faults.add(line));
  return faults.text().split('\n');
};

it('picks what says what is wrong, and where', () => {
  const lines = [
    '> nx run auth:lint',
    'auth:   3:1  error  Unexpected any  no-explicit-any',
    'user: src/a.ts(1,2): error TS2322: Type',
    '[warn] docs/a.md',
    ' NX   Running target lint',
    '- auth:lint',
  ];
  expect(pick(lines)).toEqual([lines[1], lines[2], lines[3], lines[5]]);
});

it('stops at a screenful and counts the rest', () => {
  expect(pick(Array.from({ length: 45 }, () => 'error')).at(-1)).toBe('… and 5 more lines');
});
