import type { Tree } from '@nx/devkit';
import { migrationFolder } from './migration';

/** Adds a migration to a service; it is applied after those that are there. */
export function addMigration(tree: Tree, service: string, name: string, sql: string): void {
  const folder = `apps/${service}/prisma/migrations`;
  const existing = tree.exists(folder) ? tree.children(folder) : [];
  tree.write(`${folder}/${migrationFolder(existing, Date.now(), name)}/migration.sql`, sql);
}
