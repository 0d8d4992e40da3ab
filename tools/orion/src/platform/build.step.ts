import { mustRun } from '../processes/run.process';
import type { StateFolder } from '../state/state.folder';
import { packageProgram, workspaceEnvironment } from '../state/workspace';

/** Builds every app; what did not change since the last build comes from Nx's cache. */
export async function buildAll(state: StateFolder): Promise<void> {
  await mustRun(
    {
      command: packageProgram('nx'),
      args: ['run-many', '-t', 'build', '--output-style=stream'],
      env: workspaceEnvironment({ NO_COLOR: '1', FORCE_COLOR: '0' }),
      logFile: state.file('log', 'build.log'),
    },
    `The build failed: see ${state.file('log', 'build.log')}, correct it, then start again.`,
  );
}
