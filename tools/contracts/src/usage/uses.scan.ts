import { readFileSync } from 'node:fs';
import { sourcesBelow } from '../state/sources.scan';
import type { Project, Uses } from './consumers';
import { contractNames } from './contract-names';

/** Reads what every project uses of the contracts; tests, and libraries that only serve tests, do not count. */
export function scanUses(root: string, projects: readonly Project[]): Uses {
  const counted = projects.filter(
    ({ tags }) => !tags.includes('type:contracts') && !tags.includes('type:testing'),
  );
  return new Map(
    counted.map((project) => {
      const files = sourcesBelow(root, project.root);
      const names = files.flatMap((file) => [...contractNames(readFileSync(file, 'utf8'), file)]);
      return [project.name, new Set(names)];
    }),
  );
}
