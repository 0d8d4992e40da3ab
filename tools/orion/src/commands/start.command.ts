import { Interrupted, PlainFailure, sentenceOf } from '../failure';
import { inWords } from '../console/duration';
import type { Progress } from '../console/progress.console';
import { endAsked, exitCodeOf } from '../processes/ending.process';
import { endCommands } from '../processes/run.process';
import { ProcessTable } from '../processes/process-table.store';
import { Supervisor } from '../processes/supervisor.process';
import { readPlatform, removePlatform } from '../platform/platform-file.store';
import { type RunningPlatform, startPlatform } from '../platform/platform.step';
import { hasSeed, seed } from '../platform/seed.step';
import { firstPort } from '../platform/services';
import { StateFolder } from '../state/state.folder';
import { announce } from './announcement.console';
import { startInBackground } from './background.process';
import { endLeftovers } from './leftovers.step';

interface Wishes {
  /** A provider of this machine signs people of the demo organization in. */
  sso: boolean;
}

export type AfterReady = (platform: RunningPlatform, progress: Progress) => void;

function portFromEnvironment(): number {
  const port = firstPort(process.env['ORION_PORT']);
  if (port === undefined) {
    throw new PlainFailure(
      'ORION_PORT is no port with room for eight in a row: choose one, for example ORION_PORT=4000.',
    );
  }
  return port;
}

/** Missing demo data is worth a word, but no reason to take the platform down again. */
async function fill(state: StateFolder, platform: RunningPlatform, progress: Progress): Promise<void> {
  if (!hasSeed()) return;
  try {
    await progress.step('demo data', () => seed(state, platform.file, (line) => progress.say(`  ${line}`)));
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    progress.say(sentenceOf(error));
  }
}

/** Everything up to "ready", then until somebody asks for the end. Answers the exit code. */
async function keepRunning(
  state: StateFolder,
  progress: Progress,
  { sso }: Wishes,
  afterReady?: AfterReady,
): Promise<number> {
  const began = performance.now();
  const supervisor = new Supervisor(state, progress);
  const asked = endAsked(() => {
    progress.say('Ending by force.');
    supervisor.kill();
    process.exit(1);
  });
  const up = (async () => {
    const platform = await startPlatform({
      state,
      supervisor,
      progress,
      firstPort: portFromEnvironment(),
      durability: 'durable',
      identityProvider: sso,
    });
    await fill(state, platform, progress);
    announce(state, platform.file, progress, performance.now() - began);
    process.send?.({ ready: true });
    afterReady?.(platform, progress);
  })();
  let early = true;
  const failed = up.then(
    () => {
      early = false;
      return new Promise<never>(() => undefined);
    },
    (error: unknown) => ({ error }),
  );
  const outcome = await Promise.race([asked.then((signal) => ({ signal })), failed]);
  const stopped = performance.now();
  if ('signal' in outcome) progress.say('Ending …');
  removePlatform(state);
  endCommands();
  await supervisor.stopAll();
  await endLeftovers(state);
  if ('error' in outcome) throw outcome.error;
  progress.say(`Ended everything in ${inWords(performance.now() - stopped)}.`);
  return early || outcome.signal !== 'SIGINT' ? exitCodeOf(outcome.signal) : 0;
}

/** `start [--detach] [--sso]` */
export async function start(
  args: readonly string[],
  progress: Progress,
  afterReady?: AfterReady,
): Promise<number> {
  const state = StateFolder.fromEnvironment();
  const supervisor = new ProcessTable(state).supervisor();
  if (supervisor) {
    const running = readPlatform(state);
    if (!running)
      throw new PlainFailure(`Orion is just starting (process ${supervisor.pid}); npm stop ends it.`);
    progress.say(`Orion runs already at ${running.url} (npm stop ends it).`);
    return 0;
  }
  await endLeftovers(state);
  if (args.includes('--detach')) {
    const code = await startInBackground(state, progress, [
      'start',
      ...args.filter((it) => it !== '--detach'),
    ]);
    if (code === 0)
      progress.say('It runs in the background: npm run status shows how it is, npm stop ends it.');
    return code;
  }
  return keepRunning(state, progress, { sso: args.includes('--sso') }, afterReady);
}
