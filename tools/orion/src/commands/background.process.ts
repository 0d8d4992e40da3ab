import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import type { Progress } from '../console/progress.console';
import { exitCodeOf } from '../processes/ending.process';
import { signal } from '../processes/identity.probe';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace, WORKSPACE } from '../state/workspace';

type Message = { line: string } | { ready: true };

/** Runs a command of the launcher as a process of its own, passes on what it tells and returns when it is ready. */
export function startInBackground(
  state: StateFolder,
  progress: Progress,
  command: readonly string[] = ['start'],
): Promise<number> {
  const logFile = state.file('log', 'orion.log');
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(
    process.execPath,
    [...process.execArgv, inWorkspace('tools', 'orion', 'src', 'main.ts'), ...command],
    { cwd: WORKSPACE, env: process.env, detached: true, stdio: ['ignore', log, log, 'ipc'] },
  );
  return new Promise((settle, fail) => {
    let asked: number | undefined;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => {
        asked = exitCodeOf(name);
        if (child.pid) signal(child.pid, name);
      });
    }
    child.on('message', (message: Message) => {
      if ('line' in message) return progress.say(message.line);
      child.removeAllListeners('exit');
      child.disconnect();
      child.unref();
      settle(0);
    });
    child.once('error', fail);
    child.once('exit', (code) => {
      if (asked === undefined) progress.say(`It did not start: see ${logFile}.`);
      settle(asked ?? (code || 1));
    });
  });
}
