import { z } from 'zod';

const Summary = z.object({ count: z.number(), median: z.number(), p95: z.number(), p99: z.number() });

/** As much of Artillery's report as the verdict needs. */
const ArtilleryReport = z.object({
  aggregate: z.object({
    counters: z.record(z.string(), z.number()).default({}),
    summaries: z.record(z.string(), Summary).default({}),
  }),
});

/** Milliseconds from sending a request to its whole answer. */
export interface Times {
  count: number;
  p50: number;
  p95: number;
  p99: number;
}

export interface Outcome {
  requests: number;
  /** Requests that got no answer or a refusal, and users that could not go on, by reason. */
  failures: Readonly<Record<string, number>>;
  times: Times;
  byEndpoint: Readonly<Record<string, Times>>;
}

const ANSWER = 'orion.answer';
const REFUSED = 'orion.refused.';
const ERROR = 'errors.';

const timesOf = ({ median, ...rest }: z.infer<typeof Summary>): Times => ({
  count: rest.count,
  p50: median,
  p95: rest.p95,
  p99: rest.p99,
});

const NONE: Times = { count: 0, p50: 0, p95: 0, p99: 0 };

/** What Artillery counted and measured. */
export function outcomeOf(report: unknown): Outcome {
  const { counters, summaries } = ArtilleryReport.parse(report).aggregate;
  const failures = Object.entries(counters).flatMap(([name, count]) => {
    const prefix = [REFUSED, ERROR].find((it) => name.startsWith(it));
    return prefix === undefined ? [] : [[name.slice(prefix.length), count] as const];
  });
  const endpoints = Object.entries(summaries).filter(([name]) => name.startsWith(`${ANSWER}.`));
  const all = summaries[ANSWER];
  return {
    requests: counters['http.requests'] ?? 0,
    failures: Object.fromEntries(failures),
    times: all ? timesOf(all) : NONE,
    byEndpoint: Object.fromEntries(
      endpoints.map(([name, summary]) => [name.slice(ANSWER.length + 1), timesOf(summary)]),
    ),
  };
}
