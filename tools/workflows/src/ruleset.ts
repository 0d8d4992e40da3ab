import { basename } from 'node:path';
import { z } from 'zod';
import { type Fault } from './fault';
import { type Repository, textOf, workflowsOf } from './repository';
import { eventsOf, readWorkflow, type Workflow } from './workflow';

const FILE = '.github/rulesets/main.json';

/** As much of GitHub's ruleset as the gates of a pull request need. */
const Ruleset = z.object({
  name: z.string(),
  target: z.literal('branch'),
  enforcement: z.literal('active', 'the ruleset is not enforced'),
  conditions: z.object({
    ref_name: z.object({ include: z.array(z.string()), exclude: z.array(z.string()) }),
  }),
  rules: z.array(z.object({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() })),
});

const Approval = z.object({
  required_approving_review_count: z.number().min(1, 'asks for no approval'),
  require_code_owner_review: z.literal(true, 'does not ask the code owners'),
});

const Checks = z.object({
  strict_required_status_checks_policy: z.literal(true, 'lets a branch merge that is behind main'),
  required_status_checks: z.array(z.object({ context: z.string() })).min(1),
});

/** The names under which the jobs of a workflow report, with those of the workflows that it calls. */
function contextsOf(workflow: Workflow, called: ReadonlyMap<string, Workflow>): string[] {
  return Object.entries(workflow.jobs).flatMap(([key, { name = key, uses }]) => {
    if (uses === undefined) return [name];
    const inner = called.get(basename(uses));
    return inner ? contextsOf(inner, called).map((context) => `${name} / ${context}`) : [];
  });
}

function reported(repository: Repository): Set<string> {
  const workflows = new Map(
    workflowsOf(repository).map(([path, text]) => [basename(path), readWorkflow(text)]),
  );
  const ofPullRequests = [...workflows.values()].filter((it) =>
    eventsOf(it).some((event) => event.startsWith('pull_request')),
  );
  return new Set(ofPullRequests.flatMap((it) => contextsOf(it, workflows)));
}

const faultsOf = ({ error }: z.ZodSafeParseResult<unknown>): Fault[] =>
  (error?.issues ?? []).map(({ path, message }) => ({ file: FILE, message: `${path.join('.')} ${message}` }));

/** The protection of main asks for an approval, for code owners, and for checks that exist. */
export function rulesetFaults(repository: Repository): Fault[] {
  const ruleset = Ruleset.safeParse(JSON.parse(textOf(repository, FILE)));
  if (!ruleset.success) return faultsOf(ruleset);
  const rule = (type: string) => ruleset.data.rules.find((it) => it.type === type)?.parameters ?? {};
  const checks = Checks.safeParse(rule('required_status_checks'));
  const known = reported(repository);
  const unknown = (checks.data?.required_status_checks ?? []).filter(({ context }) => !known.has(context));
  return [
    ...faultsOf(Approval.safeParse(rule('pull_request'))),
    ...faultsOf(checks),
    ...unknown.map(({ context }) => ({
      file: FILE,
      message: `waits for the check "${context}", which no workflow of a pull request reports`,
    })),
  ];
}
