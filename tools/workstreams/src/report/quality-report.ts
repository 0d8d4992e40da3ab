import type { CheckResults } from '@orion/workspace';
import type { Facts } from '../facts';
import { type ForgeFigures, median } from '../forge/figures';
import { type Coverage, percentOf } from '../quality/coverage';
import type { VerdictName } from '../quality/verdicts';
import type { Report } from './report';

/** What is known of every project of the workspace. */
export interface ProjectFigures {
  name: string;
  tests: number;
  coverage: Coverage | undefined;
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, it) => sum + it, 0);

function contractsImplemented({ catalogue, apps }: Facts): { done: number; of: number } {
  const endpoints = catalogue.contracts.filter(({ kind }) => kind === 'endpoint');
  const implemented = new Set(apps.flatMap(({ usage }) => usage.implemented));
  return { done: endpoints.filter((it) => implemented.has(it)).length, of: endpoints.length };
}

function failuresOf(results: CheckResults | undefined, name: VerdictName): string[] | 'unknown' {
  const step = results?.steps.find((it) => it.name === name);
  if (!step || (!step.passed && step.failedProjects.length === 0)) return 'unknown';
  return step.failedProjects;
}

export function qualityReport(
  facts: Facts,
  projects: readonly ProjectFigures[],
  results: CheckResults | undefined,
  forge: ForgeFigures | undefined,
): Report['quality'] {
  const measured = projects.flatMap(({ name, coverage }) => (coverage ? [{ name, ...coverage }] : []));
  const all = {
    covered: total(measured.map(({ covered }) => covered)),
    lines: total(measured.map(({ lines }) => lines)),
  };
  const reviewHours = forge && median(forge.reviewHours);
  return {
    projects: projects.length,
    contractsImplemented: contractsImplemented(facts),
    tests: total(projects.map(({ tests }) => tests)),
    coverage: measured.length === 0 ? 'unknown' : percentOf(all),
    belowCoverage: measured.filter((it) => percentOf(it) < it.required).map(({ name }) => name),
    lintFailures: failuresOf(results, 'lint'),
    typeFailures: failuresOf(results, 'typecheck'),
    checkedAt: results?.at ?? 'unknown',
    openBlockers: forge ? forge.blockers.length : 'unknown',
    reviewHours: reviewHours === undefined ? 'unknown' : Math.round(reviewHours * 10) / 10,
  };
}
