import { expect, it } from '@jest/globals';
import { PlainFailure, sentenceOf } from './failure';

it('says a foreseen failure in its own words', () => {
  expect(sentenceOf(new PlainFailure('Port 3000 is taken.'))).toBe('Port 3000 is taken.');
});

it('turns a full disk into a sentence with the way out', () => {
  expect(sentenceOf(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toMatch(
    /^The disk is full: free some space/,
  );
});

it('keeps the stack of what nobody foresaw', () => {
  expect(sentenceOf(new TypeError('oh'))).toContain('failure.test');
  expect(sentenceOf('plain')).toBe('plain');
});
