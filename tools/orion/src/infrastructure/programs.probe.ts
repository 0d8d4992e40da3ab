import { accessSync, constants, existsSync, globSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Piece } from './finder';

export interface Programs {
  /** Folder that holds `postgres` and `initdb`. */
  postgres?: string;
  /** `server` without a distribution's wrapper, and the port mapper beside it. */
  rabbitmq?: { server: string; epmd: string };
  redis?: string;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const onPath = (name: string): string[] =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, name));

const byVersion = (a: string, b: string): number => b.localeCompare(a, undefined, { numeric: true });

const firstProgram = (files: readonly string[]): string | undefined => files.find(isProgram);

function postgresFolder(): string | undefined {
  const folders = [
    ...globSync('/usr/lib/postgresql/*/bin').sort(byVersion),
    ...globSync('/usr/pgsql-*/bin').sort(byVersion),
    ...globSync('/{opt/homebrew,usr/local}/opt/postgresql*/bin').sort(byVersion),
    ...onPath('initdb')
      .filter(isProgram)
      .map((file) => dirname(realpathSync(file))),
  ];
  return folders.find((folder) => isProgram(join(folder, 'postgres')) && isProgram(join(folder, 'initdb')));
}

/** Debian's wrapper on the PATH insists on its own user; the server behind it does not. */
const isWrapper = (file: string): boolean => realpathSync(file).endsWith('rabbitmq-script-wrapper');

function rabbitmq(): Programs['rabbitmq'] {
  const servers = ['/usr/lib/rabbitmq/bin', '/opt/homebrew/sbin', '/usr/local/sbin'].map((it) =>
    join(it, 'rabbitmq-server'),
  );
  const server = [...servers, ...onPath('rabbitmq-server')].find((it) => isProgram(it) && !isWrapper(it));
  const epmds = [
    ...onPath('epmd'),
    '/usr/lib/erlang/bin/epmd',
    ...globSync('/{opt/homebrew,usr/local}/opt/erlang/lib/erlang/bin/epmd'),
  ];
  const epmd = firstProgram(epmds);
  return server && epmd ? { server, epmd } : undefined;
}

/** Which programs lie on this machine, and where. */
export function findPrograms(): Programs {
  const redis = firstProgram([...onPath('redis-server'), ...onPath('valkey-server')]);
  return { postgres: postgresFolder(), rabbitmq: rabbitmq(), redis };
}

export const piecesWithPrograms = (programs: Programs): Set<Piece> =>
  new Set((['postgres', 'rabbitmq', 'redis'] as const).filter((piece) => programs[piece]));

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const CHROMIUM_ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/snap/bin/chromium',
];

/** A browser for the journeys: the one named by ORION_CHROMIUM, or the first found. */
export function findChromium(): string | undefined {
  const named = process.env['ORION_CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  return firstProgram([...CHROMIUM_NAMES.flatMap(onPath), ...CHROMIUM_ELSEWHERE]);
}
