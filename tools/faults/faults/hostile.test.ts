import { describe, expect, it } from '@jest/globals';
import { hostileValues, LONGEST } from './hostile';

const LIMIT = 1_048_576;

describe('hostile values', () => {
  const values = hostileValues({ mark: 'mine' });

  it('are JSON, each of its own', () => {
    for (const { text } of values) expect((JSON.parse(text) as { mark: string }).mark).toBe('mine');
    expect(new Set(values.map((it) => it.text)).size).toBe(values.length);
  });

  it('are small enough to be parsed, but for the one that is too long', () => {
    expect(values.filter(({ text }) => text.length >= LIMIT).map((it) => it.name)).toEqual([LONGEST]);
  });

  it('bring a prototype of their own', () => {
    const withPrototype = values.filter(({ text }) => {
      const parsed = JSON.parse(text) as Record<string, object>;
      return [parsed, parsed['inside'] ?? {}].some((it) => Object.hasOwn(it, '__proto__'));
    });
    expect(withPrototype.map((it) => it.name)).toEqual([
      '__proto__',
      'escaped __proto__',
      '__proto__ inside',
    ]);
  });
});
