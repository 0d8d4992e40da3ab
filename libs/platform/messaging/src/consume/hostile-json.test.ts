import { describe, expect, it } from '@jest/globals';
import { hostility } from './hostile-json';

const of = (text: string) => hostility(JSON.parse(text) as unknown);
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('hostility', () => {
  it.each([
    ['a text', '"x"'],
    ['nothing', 'null'],
    ['an event', '{"data":{"name":"x","tags":["a","b"],"place":{"latitude":1}}}'],
    ['32 levels', nested(32)],
    ['20,000 values', `[${Array(20_000).fill('1').join(',')}]`],
    ['a constructor that is only a word', '{"constructor":"prototype"}'],
    ['a prototype without a constructor', '{"prototype":{"x":1}}'],
  ])('is none in %s', (_, text) => {
    expect(of(text)).toBeUndefined();
  });

  it.each([
    ['33 levels', nested(33), 'nested deeper than 32 levels'],
    ['300,000 levels', nested(300_000), 'nested deeper than 32 levels'],
    ['20,001 values', `[${Array(20_001).fill('1').join(',')}]`, 'more than 20000 values'],
    ['many small lists', `[${Array(15_000).fill('[1]').join(',')}]`, 'more than 20000 values'],
    ['__proto__', '{"a":[{"__proto__":{"polluted":true}}]}', 'attacks a prototype'],
    ['an escaped __proto__', '{"\\u005f_proto__":1}', 'attacks a prototype'],
    ['a constructor with a prototype', '{"constructor":{"prototype":{}}}', 'attacks a prototype'],
  ])('is seen in %s', (_, text, reason) => {
    expect(of(text)).toBe(reason);
  });
});
