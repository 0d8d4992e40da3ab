import { expect, it } from '@jest/globals';
import { contractNames } from './contract-names';

it.each<[string, string, string[]]>([
  ['an import', `import { holdSlot } from '@orion/contracts';`, ['holdSlot']],
  ['an import under another name', `import { holdSlot as hold } from '@orion/contracts';`, ['holdSlot']],
  [
    'an import of a type',
    `import { type Booking, type holdSlot } from '@orion/contracts';`,
    ['Booking', 'holdSlot'],
  ],
  ['an import of types', `import type { Booking } from '@orion/contracts';`, ['Booking']],
  ['an export', `export { holdSlot } from '@orion/contracts';`, ['holdSlot']],
  ['everything', `import * as c from '@orion/contracts'; call(c.holdSlot); other.thing;`, ['holdSlot']],
  ['another package', `import { holdSlot } from './contracts'; // not @orion/contracts`, []],
  ['a word in a text', `const text = 'holdSlot of @orion/contracts';`, []],
  [
    'a page',
    `import { readMe } from '@orion/contracts'; export const Me = () => <b>{readMe.id}</b>;`,
    ['readMe'],
  ],
])('%s', (_, source, expected) => {
  expect([...contractNames(source, 'file.tsx')].sort()).toEqual(expected);
});
