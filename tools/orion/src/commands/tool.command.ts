import { existsSync } from 'node:fs';
import { PlainFailure } from '../failure';
import { readPlatform } from '../platform/platform-file.store';
import { ProcessTable } from '../processes/process-table.store';
import { handOver } from '../processes/run.process';
import { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, typescript, workspaceEnvironment } from '../state/workspace';

function programOf(name: string): string {
  const program = inWorkspace('tools', name, 'main.ts');
  if (!existsSync(program)) throw new PlainFailure(`tools/${name} is not part of this checkout.`);
  return program;
}

function handTo(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // Files among the arguments are meant from where npm was called.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  return handOver(packageProgram('node'), [...typescript(program), ...args], env, cwd);
}

/** A tool that needs nothing but the checkout: it gets the arguments and the terminal. */
export function toolAlone(name: string): (args: readonly string[]) => Promise<number> {
  return async (args) => handTo(programOf(name), args, workspaceEnvironment());
}

/** A tool beside the running platform: it gets the arguments, the terminal and the platform's address. */
export function tool(name: string): (args: readonly string[]) => Promise<number> {
  return async (args) => {
    const program = programOf(name);
    const state = StateFolder.fromEnvironment();
    const running = new ProcessTable(state).supervisor() ? readPlatform(state) : undefined;
    if (!running)
      throw new PlainFailure('Orion is not running: start it with npm start -- --detach, then try again.');
    return handTo(
      program,
      args,
      workspaceEnvironment({
        ORION_URL: running.url,
        ORION_MAIL_URL: running.mailUrl,
        ORION_STATE: state.path,
      }),
    );
  };
}
