import { describe, expect, it } from '@jest/globals';
import { hostileText } from './hostile-text';

const long = 'x'.repeat(20_000);
const nested = (levels: number) => `{"text":"${long}","a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
const listed = (values: number) => `[${Array(values).fill('1').join(',')}]`;

describe('the text of a body', () => {
  it.each([
    ['a long text', JSON.stringify({ text: long })],
    ['brackets and commas in a text', JSON.stringify({ text: '[{,\\"'.repeat(20_000) })],
    ['32 levels', nested(31)],
    ['lists beside each other', `[${Array(9_000).fill('[1]').join(',')}]`],
    ['20,000 values', listed(20_000)],
    ['a short one that is deep', `${'['.repeat(100)}${']'.repeat(100)}`],
    ['what is no JSON', long],
  ])('may be parsed: %s', (_, text) => {
    expect(hostileText(text)).toBeUndefined();
  });

  it.each([
    ['33 levels', nested(32), 'may not be nested deeper than 32 levels'],
    ['300,000 levels that never end', '{"a":'.repeat(300_000), 'may not be nested deeper than 32 levels'],
    ['20,001 values', listed(20_001), 'may not hold more than 20000 values'],
  ])('may not: %s', (_, text, reason) => {
    expect(hostileText(text)).toBe(reason);
  });
});
