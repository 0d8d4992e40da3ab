import type { AppFacts, Facts } from '../facts';
import { type Coverage, percentOf } from '../quality/coverage';
import type { Verdict } from '../quality/verdicts';
import type { Contract } from '../source/catalogue';
import type { AppReport } from './report';

/** What is known of an app beside its sources. */
export interface AppFigures {
  owners: string[];
  files: number;
  tests: number;
  coverage: Coverage | undefined;
  lint: Verdict;
  types: Verdict;
  blockers: number | 'unknown';
}

const ofService = (contracts: readonly Contract[], service: string): Contract[] =>
  contracts.filter((it) => it.service === service);

const distinct = (contracts: readonly Contract[]): number => new Set(contracts).size;

function progressOf(app: AppFacts, { catalogue, apps }: Facts): AppReport['progress'] {
  const { usage, project } = app;
  const declared = ofService(catalogue.contracts, project.name).length;
  if (declared === 0) {
    const answered = new Set(apps.flatMap((it) => it.usage.implemented));
    return { done: usage.called.filter((it) => answered.has(it)).length, of: usage.called.length };
  }
  const fulfilled = [...usage.implemented, ...usage.published, ...usage.answered];
  return {
    done: distinct(ofService(fulfilled, project.name)),
    of: declared,
  };
}

function statusOf(
  { done, of }: AppReport['progress'],
  { coverage, lint, types, blockers }: AppFigures,
): AppReport['status'] {
  if (blockers !== 'unknown' && blockers > 0) return 'blocked';
  if (done === 0 && of > 0) return 'waiting';
  const isUncovered = coverage !== undefined && percentOf(coverage) < coverage.required;
  const fails = isUncovered || lint === 'failed' || types === 'failed';
  return done === of && !fails ? 'complete' : 'in progress';
}

export function appReport(app: AppFacts, facts: Facts, figures: AppFigures): AppReport {
  const { project, usage } = app;
  const declared = ofService(facts.catalogue.contracts, project.name);
  const ofKind = (kind: Contract['kind']): number => declared.filter((it) => it.kind === kind).length;
  const progress = progressOf(app, facts);
  const { coverage, ...rest } = figures;
  return {
    name: project.name,
    folder: project.root,
    status: statusOf(progress, figures),
    progress,
    endpoints: {
      implemented: distinct(usage.implemented),
      declared: ofKind('endpoint'),
      called: distinct(usage.called),
    },
    events: {
      published: distinct(usage.published),
      declared: ofKind('event'),
      heard: distinct(usage.heard),
    },
    questions: {
      answered: distinct(usage.answered),
      declared: ofKind('question'),
      asked: distinct(usage.asked),
    },
    coverage: coverage ? { percent: percentOf(coverage), required: coverage.required } : 'unknown',
    ...rest,
  };
}
