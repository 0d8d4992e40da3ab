import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../processes/run.process';
import type { StateFolder } from '../state/state.folder';
import { postgresUrl } from './addresses';
import { type InstanceContext, TIERS } from './context';
import { postgresArguments } from './postgres-settings';
import { postgresAnswers } from './readiness.probe';
import { canEnter, postgresUser, type SystemUser } from './users.probe';

const LOCATION = 'postgres.json';
const READY_WITHIN_MS = 60_000;

interface Location {
  dataFolder: string;
}

/** Where the data lies: below the state folder, or in the home of PostgreSQL's user when that cannot enter it. */
function dataFolderOf(state: StateFolder, user: SystemUser | undefined): string {
  const remembered = state.read<Location>(LOCATION)?.dataFolder;
  if (remembered) return remembered;
  const near = state.folder('postgres');
  const reachable = !user || canEnter(near, user);
  const dataFolder = reachable
    ? join(near, 'data')
    : join(existsSync(user.home) ? user.home : '/var/tmp', `orion-${state.id}`);
  state.write(LOCATION, { dataFolder } satisfies Location);
  return dataFolder;
}

/** Deletes the data, wherever it lies. The server must have ended. */
export function removePostgresData(state: StateFolder): void {
  const dataFolder = state.read<Location>(LOCATION)?.dataFolder;
  if (dataFolder) rmSync(dataFolder, { recursive: true, force: true });
  state.remove('postgres');
  state.remove(LOCATION);
}

async function initialize(
  programs: string,
  dataFolder: string,
  password: string,
  user: SystemUser | undefined,
): Promise<void> {
  rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const passwordFile = `${dataFolder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [dataFolder, passwordFile]) chownSync(path, user.uid, user.gid);
  chmodSync(dataFolder, 0o700);
  const locale = process.platform === 'linux' ? ['--locale=C.UTF-8'] : ['--no-locale'];
  try {
    await mustRun(
      {
        command: join(programs, 'initdb'),
        args: [
          '-D',
          dataFolder,
          '-U',
          'postgres',
          '-A',
          'scram-sha-256',
          `--pwfile=${passwordFile}`,
          '-E',
          'UTF8',
          ...locale,
        ],
        cwd: '/',
        user,
      },
      'PostgreSQL could not lay out its data folder: put right what it says above, then start again.',
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // Written last: a folder without it was left half done and is laid out again.
  writeFileSync(join(dataFolder, 'orion-initialized'), '');
}

/** Starts the checkout's own PostgreSQL and answers its administrator's address. */
export async function startPostgres(context: InstanceContext, programs: string): Promise<string> {
  const { state, secrets, supervisor, ports, durability } = context;
  const user = postgresUser();
  const dataFolder = dataFolderOf(state, user);
  const password = secrets.password('postgres');
  if (!existsSync(join(dataFolder, 'orion-initialized')))
    await initialize(programs, dataFolder, password, user);
  const kept = supervisor.start({
    name: 'postgres',
    command: join(programs, 'postgres'),
    args: postgresArguments(dataFolder, ports.postgres, durability),
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
    cwd: '/',
    user,
    logFile: state.file('log', 'postgres.log'),
    streamed: false,
    tier: TIERS.servers,
    // Fast shutdown: sessions are ended, a checkpoint is written.
    stopSignal: 'SIGINT',
    graceMs: 30_000,
  });
  const url = postgresUrl(ports.postgres, password);
  await supervisor.untilReady(kept, () => postgresAnswers(url), READY_WITHIN_MS);
  return url;
}
