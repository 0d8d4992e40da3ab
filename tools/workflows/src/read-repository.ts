import { readProjects, trackedFiles } from '@orion/workspace';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository';

const isRead = (path: string): boolean =>
  path.startsWith('.github/') || path === 'CODEOWNERS' || path === 'package.json';

export function readRepository(root: string): Repository {
  const paths = trackedFiles(root);
  const texts = paths.filter(isRead).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  return { paths, texts: new Map(texts), projects: readProjects(root) };
}
