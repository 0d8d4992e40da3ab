import { type Fault } from './fault';
import { type Repository, workflowsOf } from './repository';
import { eventsOf, type Job, readWorkflow, type Step, type Workflow } from './workflow';

/** The actions that may be used, by their major version, with the inputs they know. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout@v4': ['ref', 'fetch-depth', 'persist-credentials'],
  'actions/setup-node@v4': ['node-version', 'cache'],
  'actions/upload-artifact@v4': ['name', 'path', 'if-no-files-found', 'retention-days'],
};

function faultsOfStep({ uses, run, with: inputs = {} }: Step): string[] {
  if (run?.includes('${{')) return ['a script takes values from its environment, never from ${{ … }}'];
  if (uses === undefined) return [];
  const known = ACTIONS[uses];
  if (!known)
    return [`${uses} is not among the actions that may be used: ${Object.keys(ACTIONS).join(', ')}`];
  return Object.keys(inputs)
    .filter((input) => !known.includes(input))
    .map((input) => `${uses} has no input "${input}"`);
}

function faultsOfJob(name: string, job: Job, repository: Repository): string[] {
  const { uses, steps } = job;
  if (uses !== undefined) {
    const called = uses.replace(/^\.\//, '');
    return repository.texts.has(called) ? [] : [`job ${name} calls ${uses}, which does not exist`];
  }
  return [
    ...(job['timeout-minutes'] === undefined ? [`job ${name} has no timeout-minutes`] : []),
    ...steps.flatMap(faultsOfStep),
  ];
}

function faultsOfWorkflow(workflow: Workflow, repository: Repository): string[] {
  const isCalled = eventsOf(workflow).every((event) => event === 'workflow_call');
  return [
    ...(workflow.permissions === undefined ? ['permissions are not narrowed'] : []),
    ...(workflow.concurrency === undefined && !isCalled ? ['there is no concurrency group'] : []),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => faultsOfJob(name, job, repository)),
  ];
}

/** Rules of the house: least permissions, an end to every job, known actions only, no value pasted into a script. */
export function workflowRules(repository: Repository): Fault[] {
  return workflowsOf(repository).flatMap(([file, text]) =>
    faultsOfWorkflow(readWorkflow(text), repository).map((message) => ({ file, message })),
  );
}
