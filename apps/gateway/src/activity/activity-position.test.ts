import { expect, it } from '@jest/globals';
import { resumeAfter } from './activity-position';

it.each([
  ['7', 3, 7],
  [undefined, 3, 3],
  ['', 3, 3],
  ['-1', undefined, undefined],
  ['1e9', undefined, undefined],
  ['99999999999999999999', undefined, undefined],
  ['0', 3, 0],
])('Last-Event-ID %s, after %s: %s', (lastEventId, after, expected) => {
  expect(resumeAfter(lastEventId, after)).toBe(expected);
});
