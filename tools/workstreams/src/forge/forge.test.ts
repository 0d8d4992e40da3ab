import { describe, expect, it } from '@jest/globals';
import { median } from './figures';
import { repositoryOf } from './repository';

it.each([
  ['git@github.com:orion/platform.git', { owner: 'orion', name: 'platform' }],
  ['https://github.com/orion/plat.form\n', { owner: 'orion', name: 'plat.form' }],
  ['orion/platform', { owner: 'orion', name: 'platform' }],
  ['https://gitlab.example/orion/platform.git', undefined],
  ['/srv/git/orion', undefined],
  ['', undefined],
])('the repository of %s', (address, expected) => {
  expect(repositoryOf(address)).toEqual(expected);
});

describe('the median', () => {
  it.each([
    [[], undefined],
    [[4], 4],
    [[9, 1, 5], 5],
    [[8, 2, 4, 100], 6],
  ])('of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});
