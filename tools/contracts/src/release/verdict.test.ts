import { describe, expect, it } from '@jest/globals';
import type { Change } from '../compare/change';
import { declarationFaults, type Declared, declaresMajor } from './verdict';
import { next, stepFor } from './version';

const change = (breaking: boolean) => ({ breaking }) as Change;
const declared = (over: Partial<Declared> & { open?: Declared['changelog']['open'] } = {}): Declared => ({
  version: '1.4.2',
  changelog: { open: over.open ?? { body: '' }, released: '1.4.2' },
  ...over,
});
const GUIDE = '# To 2.0.0\n\n- **admin-ui**: does this.\n- e2e, day: nothing.\n';
const OPEN = { version: '2.0.0', body: '- Gone.' };

describe('a version', () => {
  it('steps', () => {
    expect([next('1.4.2', 'major'), next('1.4.2', 'minor'), next('1.4.2', 'patch')]).toEqual([
      '2.0.0',
      '1.5.0',
      '1.4.3',
    ]);
    expect(() => next('1.4', 'major')).toThrow('"1.4"');
  });

  it('steps as far as its changes ask for', () => {
    expect(stepFor([change(false), change(true)])).toBe('major');
    expect(stepFor([change(false)])).toBe('minor');
    expect(stepFor([])).toBe('patch');
  });
});

describe('what is declared', () => {
  it.each<[string, boolean[], Declared, RegExp[]]>([
    ['nothing, for no change', [], declared(), []],
    ['nothing, for an addition', [false], declared(), []],
    ['a minor step for an addition', [false], declared({ open: { version: '1.5.0', body: '- New.' } }), []],
    [
      'a major step for an addition',
      [false],
      declared({ open: OPEN }),
      [/declares 2\.0\.0, but .* is 1\.5\.0/],
    ],
    [
      'a minor step for a break',
      [true],
      declared({ open: { version: '1.5.0', body: 'x' } }),
      [/declares 1\.5\.0, but .* is 2\.0\.0/],
    ],
    [
      'a step too far',
      [true],
      declared({ open: { version: '3.0.0', body: 'x' } }),
      [/declares 3\.0\.0, but .* is 2\.0\.0/],
    ],
    ['a break with all there is to say', [true], declared({ open: OPEN, guide: GUIDE }), []],
    [
      'a break without a guide',
      [true],
      declared({ open: OPEN }),
      [/no migration guide: copy .* to docs\/migrations\/2\.0\.0\.md/],
    ],
    [
      'a break with an unfinished guide',
      [true],
      declared({ open: OPEN, guide: `${GUIDE}\nTODO` }),
      [/still holds a TODO/],
    ],
    [
      'a break with a guide that leaves an app out',
      [true],
      declared({ open: OPEN, guide: '# e2e and admin-ui-next' }),
      [/does not name admin-ui and day/],
    ],
    [
      'a break without a word in the changelog',
      [true],
      declared({ open: { version: '2.0.0', body: '' }, guide: GUIDE }),
      [/says nothing under 2\.0\.0/],
    ],
    [
      'no open section',
      [],
      { version: '1.4.2', changelog: { released: '1.4.2' } },
      [/must begin with "## Unreleased"/],
    ],
    [
      'another version than was released',
      [],
      { version: '1.4.2', changelog: { open: { body: '' }, released: '1.4.1' } },
      [/ends with 1\.4\.1, but 1\.4\.2 was released last/],
    ],
  ])('%s', (_, breaking, given, expected) => {
    const found = declarationFaults(breaking.map(change), given, ['admin-ui', 'day', 'e2e']);
    expect(found).toHaveLength(expected.length);
    expected.forEach((pattern, i) => expect(found[i]).toMatch(pattern));
  });

  it('is a major step or not', () => {
    expect(declaresMajor(declared({ open: OPEN }))).toBe(true);
    expect(declaresMajor(declared({ open: { body: '' } }))).toBe(false);
    expect(declaresMajor(declared({ open: { version: '3.0.0', body: '' } }))).toBe(false);
  });
});
