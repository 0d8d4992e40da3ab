import { globSync } from 'node:fs';
import { join } from 'node:path';

const LEFT_OUT = /(^|\/)(node_modules|dist|coverage|generated|test)(\/|$)/;

/** TypeScript sources of a project that run in production, as absolute paths in a stable order. */
export const sourcesBelow = (root: string, folder: string): string[] =>
  globSync('**/*.{ts,tsx}', {
    cwd: join(root, folder),
    exclude: (path) => LEFT_OUT.test(path),
  })
    .filter((path) => !LEFT_OUT.test(path) && !/\.(test|d)\.tsx?$/.test(path))
    .sort()
    .map((path) => join(root, folder, path));
