import { existsSync } from 'node:fs';
import { PlainFailure } from '../failure';
import { run } from '../processes/run.process';
import type { StateFolder } from '../state/state.folder';
import type { PlatformFile } from './platform-file.store';
import { inWorkspace, packageProgram, typescript, WORKSPACE, workspaceEnvironment } from '../state/workspace';

const SEED = inWorkspace('tools', 'seed', 'main.ts');

export const hasSeed = (): boolean => existsSync(SEED);

/** Fills the demo organization through the public API; what is there already stays as it is. */
export async function seed(
  state: StateFolder,
  { url, provider }: Pick<PlatformFile, 'url' | 'provider'>,
  onLine: (line: string) => void,
): Promise<void> {
  const logFile = state.file('log', 'seed.log');
  const { code } = await run({
    command: packageProgram('node'),
    args: typescript(SEED),
    env: workspaceEnvironment({
      ORION_URL: url,
      ORION_STATE: state.path,
      ...(provider ? { ORION_PROVIDER: JSON.stringify(provider) } : {}),
    }),
    cwd: WORKSPACE,
    logFile,
    onLine,
  });
  if (code !== 0)
    throw new PlainFailure(`The demo data could not be created: see ${logFile}, then npm start tries again.`);
}
