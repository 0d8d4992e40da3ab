import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { trackedFiles } from './tracked-files';

/** Copies every file of a repository into an existing folder, which then stands on the same packages. */
export function copyWorkspace(from: string, to: string): void {
  for (const file of trackedFiles(from)) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
  symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
}
