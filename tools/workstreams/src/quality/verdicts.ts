import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type CheckResults, FailedTasks } from '@orion/workspace';

export type Verdict = 'passed' | 'failed' | 'unknown';

/** The checks whose results go by projects, as steps of `npm run check` and as Nx targets. */
export const VERDICTS = ['lint', 'typecheck'] as const;
export type VerdictName = (typeof VERDICTS)[number];

/** Whether a project passed a step when the checks were last run. */
export function verdictOf(results: CheckResults | undefined, name: VerdictName, project: string): Verdict {
  const step = results?.steps.find((it) => it.name === name);
  if (!step) return 'unknown';
  if (step.passed) return 'passed';
  // A step that failed and names no project broke before it came to any.
  if (step.failedProjects.length === 0) return 'unknown';
  return step.failedProjects.includes(project) ? 'failed' : 'passed';
}

async function runTarget(root: string, target: VerdictName): Promise<CheckResults['steps'][number]> {
  const nx = join(root, 'node_modules/.bin/nx');
  const failed = new FailedTasks();
  const child = spawn(nx, ['run-many', '-t', target, '--output-style=stream'], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_WORKSPACE_ROOT_PATH: root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Nx writes its list of failed tasks to either, by its output style.
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => failed.add(line));
  const code = await new Promise<number | null>((done, refuse) => {
    child.on('error', refuse);
    child.on('close', done);
  });
  return { name: target, passed: code === 0, failedProjects: [...failed.projects] };
}

/** Runs lint and types now; what did not change comes from Nx's cache. */
export async function runVerdicts(root: string, say: (text: string) => void): Promise<CheckResults> {
  const steps: CheckResults['steps'] = [];
  for (const target of VERDICTS) {
    say(`running ${target} …`);
    steps.push(await runTarget(root, target));
  }
  const passed = steps.filter((it) => it.passed).length;
  return { passed, failed: steps.length - passed, at: new Date().toISOString(), steps };
}
