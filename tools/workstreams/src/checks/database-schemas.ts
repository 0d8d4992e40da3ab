import type { Schema } from '../source/schema';
import { type Check, checked } from './check';

/** Tables of the frame, which every database has. */
const isPlatform = (table: string): boolean => table.startsWith('platform.');

function faultsOf({ project, models, tables, referenced, migrations }: Schema): string[] {
  if (migrations === 0) return [`${project} has a schema and no migration`];
  const unmade = models.filter((table) => !tables.includes(table));
  const foreign = referenced.filter((table) => !tables.includes(table) && !isPlatform(table));
  return [
    ...unmade.map((table) => `${project}: no migration makes ${table}`),
    ...foreign.map((table) => `${project}: a foreign key points at ${table}, which is not its own`),
  ];
}

/** Every service has a database of its own: its migrations make all its tables, and no key leaves it. */
export const databaseSchemas: Check = ({ apps }) =>
  checked(
    'Database schemas',
    apps.map(({ schema }) => schema).filter((it) => it !== undefined),
    faultsOf,
  );
