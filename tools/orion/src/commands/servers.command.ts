import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import type { Addresses } from '../infrastructure/addresses';
import { startInfrastructure } from '../infrastructure/infrastructure.step';
import { removePostgresData } from '../infrastructure/postgres.instance';
import { endAsked, exitCodeOf } from '../processes/ending.process';
import { ProcessTable } from '../processes/process-table.store';
import { Supervisor } from '../processes/supervisor.process';
import type { StateFolder } from '../state/state.folder';
import { startInBackground } from './background.process';
import { endLeftovers } from './leftovers.step';
import { stateOf } from './nested.state';

const ADDRESSES = 'addresses.json';
const STARTING = 'starting';
/** Servers nobody has asked for so long end by themselves. */
const IDLE_MS = 20 * 60_000;
const LOOK_MS = 15_000;
const START_LIMIT_MS = 5 * 60_000;

/** Several projects are tested side by side and ask at the same moment; one of them starts, the others wait. */
async function alone<T>(state: StateFolder, work: () => Promise<T>): Promise<T> {
  const lock = state.file(STARTING);
  for (const until = Date.now() + START_LIMIT_MS; ; await sleep(100)) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > START_LIMIT_MS) rmdirSync(lock);
      if (Date.now() > until)
        throw new PlainFailure(`The test servers do not start: delete ${lock}, then try again.`);
    }
  }
  try {
    return await work();
  } finally {
    rmdirSync(lock);
  }
}

/** Until somebody asks for the end or nobody has asked for the servers for a while. */
async function serve(state: StateFolder, progress: Progress): Promise<number> {
  await endLeftovers(state);
  removePostgresData(state);
  for (const name of ['rabbitmq', 'redis', ADDRESSES]) state.remove(name);
  const supervisor = new Supervisor(state, progress, false);
  const asked = endAsked(() => {
    supervisor.kill();
    process.exit(1);
  });
  try {
    const { all } = await startInfrastructure(state, supervisor, progress, 'throwaway');
    state.write(ADDRESSES, await all);
    supervisor.settle();
    process.send?.({ ready: true });
    const idle = async (): Promise<number> => {
      while (Date.now() - statSync(state.file(ADDRESSES)).mtimeMs < IDLE_MS) await sleep(LOOK_MS);
      return 0;
    };
    return await Promise.race([asked.then(exitCodeOf), idle()]);
  } finally {
    state.remove(ADDRESSES);
    await supervisor.stopAll();
    await endLeftovers(state);
  }
}

async function ensure(state: StateFolder, progress: Progress): Promise<Addresses> {
  return alone(state, async () => {
    const running = () => state.read<Addresses>(ADDRESSES);
    if (!new ProcessTable(state).supervisor() || !running()) {
      const code = await startInBackground(state, progress, ['servers', '--serve']);
      if (code !== 0) throw new PlainFailure('The test servers did not start.');
    }
    const addresses = running();
    if (!addresses) throw new PlainFailure('The test servers have ended again: try once more.');
    const now = new Date();
    utimesSync(state.file(ADDRESSES), now, now);
    return addresses;
  });
}

/**
 * `servers`: PostgreSQL, RabbitMQ and Redis for tests that are run one by one. They stay in the background until
 * `npm stop`, or until nobody has asked for them for a while. With `--write FILE` the addresses go there.
 */
export async function servers(args: readonly string[], progress: Progress): Promise<number> {
  const state = stateOf('servers');
  if (args.includes('--serve')) return serve(state, progress);
  const addresses = await ensure(state, progress);
  const at = args.indexOf('--write');
  const file = args[at + 1];
  if (at >= 0 && file) writeFileSync(file, JSON.stringify(addresses), { mode: 0o600 });
  else progress.say(readFileSync(state.file(ADDRESSES), 'utf8').trimEnd());
  return 0;
}
