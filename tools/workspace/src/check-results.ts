import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the last `npm run check` found; the launcher writes it to `.orion/results/check.json`. */
export const CheckResults = z.object({
  /** Steps that passed and that failed. */
  passed: z.number(),
  failed: z.number(),
  /** When it ended. */
  at: z.iso.datetime(),
  steps: z.array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      /** Projects in which the step failed; none are named where it does not go by projects. */
      failedProjects: z.array(z.string()),
    }),
  ),
});
export type CheckResults = z.infer<typeof CheckResults>;

/** The results that lie in a workspace; undefined where nobody has run the checks, or something else lies there. */
export function readCheckResults(root: string): CheckResults | undefined {
  try {
    const text = readFileSync(join(root, '.orion/results/check.json'), 'utf8');
    return CheckResults.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
