import { existsSync, readFileSync } from 'node:fs';
import { type CheckResults, FailedTasks } from '@orion/workspace';
import type { Progress } from '../console/progress.console';
import { Interrupted, PlainFailure, sentenceOf } from '../failure';
import { endAsked, exitCodeOf } from '../processes/ending.process';
import { run } from '../processes/run.process';
import { type CheckStep, checkSteps } from '../quality/check-steps';
import { FaultLines } from '../quality/fault-lines';
import { forgetResults, keepResults } from '../quality/results.store';
import { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, typescript, WORKSPACE, workspaceEnvironment } from '../state/workspace';

function hasContractCheck(): boolean {
  const { targets } = JSON.parse(readFileSync(inWorkspace('libs/contracts/project.json'), 'utf8')) as {
    targets?: Record<string, unknown>;
  };
  return targets?.['check'] !== undefined;
}

async function resultOf(
  { name, program, args }: CheckStep,
  state: StateFolder,
  progress: Progress,
): Promise<CheckResults['steps'][number]> {
  const logFile = state.file('log', `check-${name.replace(' ', '-')}.log`);
  const faults = new FaultLines();
  const failed = new FailedTasks();
  const spec = {
    command: packageProgram(program),
    args,
    env: workspaceEnvironment(),
    cwd: WORKSPACE,
    logFile,
    onLine: (line: string) => {
      faults.add(line);
      failed.add(line);
    },
  };
  try {
    await progress.step(name, async () => {
      const { code, tail } = await run(spec);
      if (code !== 0) throw new PlainFailure(`${faults.text() || tail}\n${name} failed: see ${logFile}.`);
    });
    return { name, passed: true, failedProjects: [] };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    progress.say(sentenceOf(error));
    return { name, passed: false, failedProjects: [...failed.projects] };
  }
}

/** `check`: format, lint, types, lint probes, contracts, workflows; goes through all of them even when one fails. */
export async function check(_args: readonly string[], progress: Progress): Promise<number> {
  forgetResults('check');
  const state = StateFolder.fromEnvironment();
  const steps = checkSteps(
    { lintProbes: existsSync(inWorkspace('tools/lint-probes/main.ts')), contractCheck: hasContractCheck() },
    (program) => typescript(inWorkspace(program)),
  );
  const asked = endAsked(() => process.exit(1));
  const all = (async () => {
    const results: CheckResults['steps'] = [];
    for (const step of steps) results.push(await resultOf(step, state, progress));
    const passed = results.filter((it) => it.passed).length;
    const failed = results.length - passed;
    keepResults('check', { passed, failed, at: new Date().toISOString(), steps: results });
    progress.say(`Checks: ${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  })();
  return Promise.race([all, asked.then(exitCodeOf)]);
}
