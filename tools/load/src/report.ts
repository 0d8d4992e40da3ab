import type { Outcome, Times } from './outcome';
import type { Pressure } from './pressure';
import type { TARGETS } from './verdict';

export interface LoadReport {
  name: string;
  summary: string;
  passed: boolean;
  faults: string[];
  outcome: Outcome;
  pressure: Pressure;
  /** Milliseconds; none where the scenario is too thin for percentiles. */
  targets: typeof TARGETS | null;
}

const number = (value: number): string => value.toLocaleString('en');

const NAMES = ['p50', 'p95', 'p99'] as const;

const percentiles = (times: Times, targets: LoadReport['targets']): string =>
  NAMES.map((name) => {
    const target = targets?.[name];
    const beside = target === undefined ? '' : ` (${times[name] < target ? '<' : 'not <'} ${target})`;
    return `${name} ${times[name]} ms${beside}`;
  }).join('   ');

const endpointLine = ([name, { count, p50, p95, p99 }]: [string, Times]): string =>
  `  ${name.padEnd(24)}${number(count).padStart(7)}${[p50, p95, p99].map((it) => String(it).padStart(9)).join('')}`;

/** The report for people. */
export function textOf({ name, summary, passed, faults, outcome, pressure, targets }: LoadReport): string {
  const failed = Object.values(outcome.failures).reduce((sum, it) => sum + it, 0);
  return [
    `${name}: ${summary}`,
    `  requests   ${number(outcome.requests)}, ${number(failed)} failed`,
    `  answers    ${percentiles(outcome.times, targets)}`,
    `  database   ${pressure.waiting} waited at once at most, ${pressure.poolTimeouts} pool timeouts, ${pressure.lockTimeouts} lock timeouts`,
    `  outbox     ${pressure.backlog} events at most, ${pressure.backlogLeft} left`,
    '',
    `  ${'endpoint'.padEnd(24)}  count      p50      p95      p99`,
    ...Object.entries(outcome.byEndpoint).map(endpointLine),
    '',
    passed ? 'passed' : ['failed', ...faults.map((fault) => `  ${fault}`)].join('\n'),
    '',
  ].join('\n');
}
