import { describe, expect, it } from '@jest/globals';
import { colourOf, wantsColours, withoutColours } from './colours';
import { inWords } from './duration';
import { readable } from './log-entry';
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

describe('log entries', () => {
  const entry = {
    level: 'warn',
    time: '2026-11-21T04:05:06.789Z',
    service: 'auth',
    event: 'http_request_completed',
    msg: 'GET /api/v1/me 401',
    status: 401,
    organizationId: 'hidden',
    err: { type: 'Refused', message: 'no token' },
  };

  it('become one line for people', () => {
    expect(readable(JSON.stringify(entry), false)).toBe(
      '04:05:06.789 WARN  http_request_completed GET /api/v1/me 401 status=401 (Refused: no token)',
    );
  });

  it('carry the colour of their level', () => {
    expect(withoutColours(readable(JSON.stringify(entry), true))).toBe(
      readable(JSON.stringify(entry), false),
    );
    expect(readable(JSON.stringify(entry), true)).toContain('[33mWARN');
  });

  it.each(['plain words', '{ not json', '{"an":"object"}', ''])('leave the line "%s" as it is', (line) => {
    expect(readable(line, false)).toBe(line);
  });
});
