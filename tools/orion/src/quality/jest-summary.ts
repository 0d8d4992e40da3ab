import { FailedTasks } from '@orion/workspace';
import { withoutColours } from '../console/colours';

export interface Tally {
  passed: number;
  failed: number;
}

export const sum = (tallies: Iterable<Tally>): Tally => {
  const total = { passed: 0, failed: 0 };
  for (const { passed, failed } of tallies) {
    total.passed += passed;
    total.failed += failed;
  }
  return total;
};

const count = (text: string, what: string): number =>
  Number(new RegExp(`(\\d+) ${what}`).exec(text)?.[1] ?? 0);

/** Jest's summary line, as in `Tests:  1 failed, 2 passed, 3 total`; undefined for any other line. */
export function jestTally(line: string): Tally | undefined {
  const [, text] = /^\s*Tests:\s+(.*\btotal)\s*$/.exec(line) ?? [];
  if (text === undefined) return undefined;
  return { passed: count(text, 'passed'), failed: count(text, 'failed') };
}

const PREFIXED = /^([\w@./-]+):\s(.*)$/;

/**
 * Reads the output of `nx run-many --output-style=stream`, where each line begins with its project, and counts the
 * tests of each project. A project whose task failed although none of its tests did counts as one failure: a suite
 * that does not compile, a crash, too little coverage.
 */
export class TestOutput {
  private readonly projects = new Map<string, Tally>();
  private readonly failedTasks = new FailedTasks();

  add(coloured: string): void {
    this.failedTasks.add(coloured);
    const line = withoutColours(coloured);
    const [, project, rest] = PREFIXED.exec(line) ?? [];
    const tally = rest === undefined ? undefined : jestTally(rest);
    if (project && tally)
      this.projects.set(project, sum([this.projects.get(project) ?? { passed: 0, failed: 0 }, tally]));
  }

  /** Tests by project. `failed` is the exit of the whole command: a failure that nothing explains still counts. */
  results(failed: boolean): Map<string, Tally> {
    const results = new Map(this.projects);
    for (const project of this.failedTasks.projects) {
      const tally = results.get(project) ?? { passed: 0, failed: 0 };
      if (tally.failed === 0) results.set(project, { ...tally, failed: 1 });
    }
    const explained = sum(results.values()).failed > 0;
    return failed && !explained ? results.set('nx', { passed: 0, failed: 1 }) : results;
  }
}
