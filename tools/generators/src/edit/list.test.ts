import { describe, expect, it } from '@jest/globals';
import { addProperty, appendTo } from './list';

describe('an array', () => {
  it.each([
    [`const A = ['a'] as const;`, `const A = ['a', 'b'] as const;`],
    [`const A = [\n  'a',\n];`, `const A = [\n  'a', 'b',\n];`],
    ['const A: string[] = [];', `const A: string[] = ['b'];`],
  ])('%j gains an element', (before, after) => {
    expect(appendTo(before, 'A', `'b'`)).toBe(after);
  });

  it('has to be one', () => {
    expect(() => appendTo('const A = 1;', 'A', 'x')).toThrow('A is no array');
    expect(() => appendTo('const B = [];', 'A', 'x')).toThrow('A is no array');
  });
});

describe('an object', () => {
  const text = `const O = {\n  a: 1,\n  'd.e': 2,\n};`;

  it('gains a property before another, in its order, or at its end', () => {
    expect(addProperty(text, 'O', ['c', '3'], { before: 'd.e' })).toBe(
      `const O = {\n  a: 1,\n  'c': 3,\n'd.e': 2,\n};`,
    );
    expect(addProperty(text, 'O', ['b', '3'], { sorted: true })).toContain(`'b': 3,\n'd.e'`);
    expect(addProperty(text, 'O', ['z', '3'], { sorted: true })).toContain(`2, \n'z': 3`);
    expect(addProperty('const O = {};', 'O', ['z', '3'])).toBe(`const O = {\n'z': 3};`);
  });

  it('keeps a property it has, and the comment of the one that comes next', () => {
    expect(addProperty(text, 'O', ['a', '3'])).toBe(text);
    const commented = `const O = {\n  /** of b */\n  b: 1 };`;
    expect(addProperty(commented, 'O', ['a', '3'], { sorted: true })).toContain(`'a': 3,\n/** of b */`);
  });

  it('has to be one', () => {
    expect(() => addProperty('const O = [];', 'O', ['a', '1'])).toThrow('O is no object');
  });
});
