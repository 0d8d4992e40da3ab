import { createHash } from 'node:crypto';
import { readFileSync, watch } from 'node:fs';
import { dirname, basename } from 'node:path';
import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import { listed } from '../infrastructure/finder';
import { TIERS } from '../infrastructure/context';
import { SERVICES, type ServiceName } from '../platform/services';
import { programOf } from '../platform/services.instance';
import type { RunningPlatform } from '../platform/platform.step';
import { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, workspaceEnvironment } from '../state/workspace';
import { start } from './start.command';

const WEB_APP = 'admin-ui';
/** A build writes several files; the service restarts once, when it is quiet again. */
const QUIET_MS = 200;

const isService = (name: string): name is ServiceName => (SERVICES as readonly string[]).includes(name);

/** What rebuilds an app whenever a file it is made of changes. */
function builderOf(name: string): { command: string; args: string[] } {
  return name === WEB_APP
    ? { command: packageProgram('vite'), args: ['build', '--watch'] }
    : {
        command: packageProgram('rolldown'),
        args: ['-c', 'rolldown.config.mjs', '--watch'],
      };
}

function keepBuilding(name: string, { supervisor }: RunningPlatform): void {
  const state = StateFolder.fromEnvironment();
  supervisor.start({
    name: `build:${name}`,
    ...builderOf(name),
    env: workspaceEnvironment(),
    cwd: inWorkspace('apps', name),
    logFile: state.file('log', `build-${name}.log`),
    streamed: true,
    tier: TIERS.services,
    stopSignal: 'SIGTERM',
    graceMs: 3_000,
  });
}

/** What tells one build of a program from another; the first build of a watcher often changes nothing. */
const contentOf = (program: string): string =>
  createHash('sha256').update(readFileSync(program)).digest('hex');

function restartOnChange(name: ServiceName, { services }: RunningPlatform, progress: Progress): void {
  const program = programOf(name);
  let quiet: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  let running = contentOf(program);
  const restart = (): void => {
    const built = contentOf(program);
    if (built === running) return;
    running = built;
    progress.say(`${name} was rebuilt: restarting it.`);
    restarting = restarting.then(() => services[name].restart());
  };
  watch(dirname(program), (_event, file) => {
    if (file !== basename(program)) return;
    clearTimeout(quiet);
    quiet = setTimeout(restart, QUIET_MS);
  });
}

/** `dev SERVICE`: everything as with start; the named app is rebuilt on every change and then restarted. */
export function dev(args: readonly string[], progress: Progress): Promise<number> {
  const [name = ''] = args;
  if (!isService(name) && name !== WEB_APP) {
    throw new PlainFailure(
      `Name one app to watch (npm run dev -- scheduling): ${listed([...SERVICES, WEB_APP])}.`,
    );
  }
  return start([], progress, (platform) => {
    if (isService(name)) restartOnChange(name, platform, progress);
    keepBuilding(name, platform);
  });
}
