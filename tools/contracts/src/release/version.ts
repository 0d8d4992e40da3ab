import type { Change } from '../compare/change';

/** How far a version moves. */
export type Step = 'major' | 'minor' | 'patch';

const partsOf = (version: string): [number, number, number] => {
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (parts?.length !== 3) throw new Error(`"${version}" is no version such as 1.2.3`);
  return parts as [number, number, number];
};

/** The version one step after another. */
export function next(version: string, step: Step): string {
  const [major, minor, patch] = partsOf(version);
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** The step that changes ask for: what breaks somebody is major, what only adds is minor. */
export function stepFor(changes: readonly Pick<Change, 'breaking'>[]): Step {
  if (changes.some((it) => it.breaking)) return 'major';
  return changes.length > 0 ? 'minor' : 'patch';
}
