import { existsSync } from 'node:fs';
import { PlainFailure } from '../failure';
import { run } from '../processes/run.process';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, WORKSPACE, workspaceEnvironment } from '../state/workspace';

const SEED = inWorkspace('tools', 'seed', 'main.ts');

export const hasSeed = (): boolean => existsSync(SEED);

/** Fills the demo organization through the public API; what is there already stays as it is. */
export async function seed(state: StateFolder, url: string): Promise<void> {
  const logFile = state.file('log', 'seed.log');
  const { code, tail } = await run({
    command: packageProgram('node'),
    args: ['--import', 'tsx', SEED],
    env: workspaceEnvironment({
      ORION_URL: url,
      ORION_STATE: state.path,
      TSX_TSCONFIG_PATH: inWorkspace('tools', 'seed', 'tsconfig.json'),
    }),
    cwd: WORKSPACE,
    logFile,
  });
  if (code !== 0) throw new PlainFailure(`${tail}\nThe demo data could not be created: see ${logFile}.`);
}
