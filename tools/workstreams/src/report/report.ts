import { z } from 'zod';

const Count = z.int().nonnegative();
const Unknown = z.literal('unknown');
const Verdict = z.enum(['passed', 'failed', 'unknown']).describe('as of `quality.checkedAt`');

/** One app. What a service has to do is what contracts declare for it; any other app, that its calls are answered. */
export const AppReport = z.strictObject({
  name: z.string(),
  folder: z.string(),
  owners: z.array(z.string()).describe('as CODEOWNERS names them'),
  status: z
    .enum(['waiting', 'in progress', 'blocked', 'complete'])
    .describe('waiting: nothing of it is there yet; complete: all of it is, and nothing is known to fail'),
  progress: z
    .strictObject({ done: Count, of: Count })
    .describe(
      'a service: contracts it fulfils of those declared for it; any other app: its calls that are answered',
    ),
  endpoints: z.strictObject({ implemented: Count, declared: Count, called: Count }),
  events: z.strictObject({ published: Count, declared: Count, heard: Count }),
  questions: z.strictObject({ answered: Count, declared: Count, asked: Count }),
  files: Count,
  tests: Count.describe('as the files declare them; a table of cases counts once'),
  coverage: z
    .union([
      z.strictObject({
        percent: z.number().describe('lines, of the last test run'),
        required: z.number().describe('by the project’s Jest configuration'),
      }),
      Unknown,
    ])
    .describe('unknown: its tests were not run here'),
  lint: Verdict,
  types: Verdict,
  blockers: z.union([Count, Unknown]).describe('open issues with the labels `blocker` and `app: NAME`'),
});
export type AppReport = z.infer<typeof AppReport>;

export const CheckReport = z.strictObject({
  name: z.string(),
  holds: z.boolean(),
  done: Count,
  of: Count,
  faults: z.array(z.string()),
});

export const QualityReport = z.strictObject({
  projects: Count.describe('in the Nx graph: apps, libraries and tools'),
  contractsImplemented: z.strictObject({ done: Count, of: Count }),
  tests: Count,
  coverage: z.union([z.number(), Unknown]).describe('percent of all lines of projects whose tests were run'),
  belowCoverage: z.array(z.string()).describe('projects under what their configuration requires'),
  lintFailures: z.union([z.array(z.string()), Unknown]).describe('projects'),
  typeFailures: z.union([z.array(z.string()), Unknown]).describe('projects'),
  checkedAt: z.union([z.iso.datetime(), Unknown]).describe('when lint and types were last run'),
  openBlockers: z.union([Count, Unknown]),
  reviewHours: z
    .union([z.number(), Unknown])
    .describe('median from opening to first review, of the newest 50 merged pull requests'),
});

/** What `npm run workstreams -- --json` writes. `unknown` is what could not be found out, never a guess. */
export const Report = z.strictObject({
  at: z.iso.datetime(),
  commit: z.string(),
  apps: z.array(AppReport),
  integration: z.array(CheckReport).describe('the five integration checks'),
  quality: QualityReport,
});
export type Report = z.infer<typeof Report>;
