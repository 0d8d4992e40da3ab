import { describe, expect, it } from '@jest/globals';
import { colourOf, wantsColours, withoutColours } from './colours';
import { inWords } from './duration';
import { LastLines, LineSplitter, prefixed } from './log-lines';

describe('durations', () => {
  it.each([
    [0, '0.0 s'],
    [1_234, '1.2 s'],
    [59_949, '59.9 s'],
    [60_000, '1 min 00 s'],
    [125_400, '2 min 05 s'],
  ])('%d ms reads %s', (milliseconds, words) => {
    expect(inWords(milliseconds)).toBe(words);
  });
});

describe('line splitter', () => {
  it('keeps an unfinished line until its rest arrives', () => {
    const splitter = new LineSplitter();
    expect(splitter.push('one\ntw')).toEqual(['one']);
    expect(splitter.push('o\r\nthree')).toEqual(['two']);
    expect(splitter.end()).toEqual(['three']);
    expect(splitter.end()).toEqual([]);
  });

  it('gives empty lines as they are', () => {
    expect(new LineSplitter().push('\n\na\n')).toEqual(['', '', 'a']);
  });
});

describe('prefixes', () => {
  const names = ['auth', 'scheduling'];

  it('line up under the longest name', () => {
    expect(prefixed('x', 'auth', names, false)).toBe('auth       | x');
    expect(prefixed('x', 'scheduling', names, false)).toBe('scheduling | x');
  });

  it('give each name a colour of its own that does not change the text', () => {
    expect(colourOf('auth', names)).not.toBe(colourOf('scheduling', names));
    expect(withoutColours(prefixed('x', 'auth', names, true))).toBe('auth       | x');
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
  ])('environment %j at a terminal %s: %s', (environment, terminal, expected) => {
    expect(wantsColours(environment, terminal)).toBe(expected);
  });
});

it('remembers the last lines only', () => {
  const last = new LastLines(2);
  ['a', 'b', 'c'].forEach((line) => last.add(line));
  expect(last.all()).toEqual(['b', 'c']);
});
