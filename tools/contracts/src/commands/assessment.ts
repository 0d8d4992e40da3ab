import type { Catalogue } from '../catalogue/catalogue';
import type { Change } from '../compare/change';
import { compare } from '../compare/compare';
import { breakage } from '../compare/sentences';
import { declarationFaults, type Declared, declaresMajor } from '../release/verdict';
import { next } from '../release/version';
import { consumersOf, type Project, type Uses } from '../usage/consumers';

export interface Assessed extends Change {
  /** Apps and tools that use what changed, without the services that keep it. */
  consumers: string[];
}

export interface Users {
  projects: readonly Project[];
  uses: Uses;
}

/** The differences between two catalogues with whom each concerns; who uses what is asked only if there are any. */
export async function assess(
  older: Catalogue,
  newer: Catalogue,
  users: () => Promise<Users>,
): Promise<Assessed[]> {
  const changes = compare(older, newer);
  if (changes.length === 0) return [];
  const { projects, uses } = await users();
  return changes.map((it) => ({ ...it, consumers: consumersOf(it, projects, uses) }));
}

/** Apps that have to act on breaking changes. */
export const affectedBy = (changes: readonly Assessed[]): string[] =>
  [...new Set(changes.filter((it) => it.breaking).flatMap((it) => [...it.consumers, ...it.services]))].sort();

export interface Verdict {
  changes: Assessed[];
  /** Breaking changes that no major step declares. */
  undeclared: Assessed[];
  /** What else is wrong with how the changes are declared, one sentence each. */
  faults: string[];
}

/** Whether these changes may be made as they are declared. */
export function judge(changes: Assessed[], declared: Declared): Verdict {
  return {
    changes,
    undeclared: declaresMajor(declared) ? [] : changes.filter((it) => it.breaking),
    faults: declarationFaults(changes, declared, affectedBy(changes)),
  };
}

/** One sentence for each thing that stands in the way. */
export const sentencesOf = (
  { undeclared, faults }: Verdict,
  version: string,
  catalogues: readonly Catalogue[],
): string[] => [
  ...undeclared.map((it) => breakage(it, it.consumers, catalogues, next(version, 'major'))),
  ...faults,
];
