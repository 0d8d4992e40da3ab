import type { AppReport, Report } from './report';
import { bar, table } from './table';

const TOLD_FAULTS = 10;

const HEADING = [
  'App',
  'Owner',
  'Status',
  'Progress',
  'Endpoints',
  'Calls',
  'Events',
  'Hears',
  'Questions',
  'Files',
  'Tests',
  'Coverage',
  'Lint',
  'Types',
  'Blockers',
];

const share = (done: number, of: number): string => (of === 0 ? '-' : `${done}/${of}`);
const number = (value: number): string => (value === 0 ? '-' : String(value));

function rowOf(app: AppReport): string[] {
  const { endpoints, events, questions, coverage } = app;
  return [
    app.name,
    app.owners.join(' ') || '-',
    app.status,
    bar(app.progress),
    share(endpoints.implemented, endpoints.declared),
    number(endpoints.called),
    share(events.published, events.declared),
    number(events.heard),
    share(questions.answered, questions.declared),
    String(app.files),
    String(app.tests),
    coverage === 'unknown' ? coverage : `${coverage.percent} % (≥ ${coverage.required})`,
    app.lint,
    app.types,
    String(app.blockers),
  ];
}

function faultsOf(faults: readonly string[]): string[] {
  const left = faults.length - TOLD_FAULTS;
  return [
    ...faults.slice(0, TOLD_FAULTS).map((fault) => `    ${fault}`),
    ...(left > 0 ? [`    … and ${left} more`] : []),
  ];
}

const failures = (names: readonly string[] | 'unknown'): string =>
  names === 'unknown' ? names : names.length === 0 ? 'none' : `${names.length}: ${names.join(', ')}`;

function qualityLines({ quality }: Report): string[] {
  const { done, of } = quality.contractsImplemented;
  const rows = [
    ['Projects', String(quality.projects)],
    ['Contracts implemented', share(done, of)],
    ['Tests declared', String(quality.tests)],
    ['Lines covered', quality.coverage === 'unknown' ? 'unknown' : `${quality.coverage} %`],
    ['Below their coverage', failures(quality.belowCoverage)],
    ['Lint failures', failures(quality.lintFailures)],
    ['Type failures', failures(quality.typeFailures)],
    ['Lint and types as of', quality.checkedAt],
    ['Open blockers', String(quality.openBlockers)],
    ['Time to first review', quality.reviewHours === 'unknown' ? 'unknown' : `${quality.reviewHours} h`],
  ];
  return table(rows).map((line) => `  ${line}`);
}

/** The report for people. */
export function textOf(report: Report): string {
  const checks = table(
    report.integration.map(({ name, holds, done, of }) => [holds ? '✓' : '✗', name, share(done, of)]),
  );
  return [
    `Workstreams at ${report.commit}, ${report.at}`,
    '',
    ...table([HEADING, ...report.apps.map(rowOf)]),
    '',
    'Integration',
    ...report.integration.flatMap(({ faults }, index) => [`  ${checks[index]}`, ...faultsOf(faults)]),
    '',
    'Quality',
    ...qualityLines(report),
    '',
  ].join('\n');
}
