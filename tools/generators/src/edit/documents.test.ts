import { expect, it } from '@jest/globals';
import { addFolder } from './architecture';
import { addOwner } from './code-owners';

it('an owner stands after the other apps, in their column', () => {
  const owners = [
    '*              @all',
    '/apps/a/       @a',
    '/apps/long/    @b',
    '/apps/*/prisma/ @data',
    '',
  ];
  expect(addOwner(owners.join('\n'), 'fleet', '@fleet').split('\n').slice(1, 5)).toEqual([
    '/apps/a/       @a',
    '/apps/long/    @b',
    '/apps/fleet/   @fleet',
    '/apps/*/prisma/ @data',
  ]);
  expect(addOwner('/apps/a/ @a\n', 'a-long-name', '@b')).toBe('/apps/a/ @a\n/apps/a-long-name/ @b\n');
});

it('a folder stands before the web app', () => {
  const table = '| `apps/gateway` | door |\n| `apps/admin-ui` | web |\n';
  expect(addFolder(table, 'fleet', 'vehicles').split('\n')[1]).toBe('| `apps/fleet` | vehicles |');
  expect(addFolder('no table', 'fleet', 'vehicles')).toBe('no table');
});
