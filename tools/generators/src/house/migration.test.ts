import { expect, it } from '@jest/globals';
import { migrationFolder } from './migration';

const NOW = Date.UTC(2026, 10, 23, 8, 30, 5, 900);

it('a migration is named after its time', () => {
  expect(migrationFolder([], NOW, 'create_vehicle')).toBe('20261123083005_create_vehicle');
  expect(migrationFolder(['20261121000000_init', 'notes'], NOW, 'x')).toBe('20261123083005_x');
});

it('a migration comes after those that are there, whatever the clock says', () => {
  expect(migrationFolder(['20261123083005_a', '20271231235959_b'], NOW, 'c')).toBe('20280101000000_c');
});
