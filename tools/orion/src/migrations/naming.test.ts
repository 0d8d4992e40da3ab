import { describe, expect, it } from '@jest/globals';
import { folderName, hasStatements, parseNew } from './naming';

const NOW = new Date('2026-11-21T04:05:06.789Z');

describe('a new migration', () => {
  it('is named by its time and words', () => {
    expect(folderName(NOW, 'Add crew size!')).toBe('20261121040506_add_crew_size');
  });

  it('cannot get out of its folder by its name', () => {
    expect(folderName(NOW, '../../etc')).toBe('20261121040506_etc');
  });

  it('needs a name with letters or digits', () => {
    expect(() => folderName(NOW, '../')).toThrow(RangeError);
  });

  it.each([
    [['new', 'add', 'crew'], { name: 'add crew', service: undefined }],
    [['new', 'crew', '--service', 'scheduling'], { name: 'crew', service: 'scheduling' }],
    [['new', '--service', 'auth', 'crew'], { name: 'crew', service: 'auth' }],
    [['new'], undefined],
    [['new', 'crew', '--service'], undefined],
    [['old', 'crew'], undefined],
  ])('%j asks for %j', (args, wanted) => {
    expect(parseNew(args)).toEqual(wanted);
  });
});

it('knows an empty script by its comments', () => {
  expect(hasStatements('-- This is an empty migration.\n')).toBe(false);
  expect(hasStatements('-- CreateTable\nCREATE TABLE a ();')).toBe(true);
});
