import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StateFolder } from '../state/state.folder';

/** State folders that tests and benchmarks keep below the platform's own. */
const FOLDERS = {
  infrastructure: 'test',
  journeys: 'journeys',
  servers: 'servers',
  benchmarks: 'bench',
} as const;

/** The state of tests or benchmarks: never the platform's own, whose data they would delete. */
export const stateOf = (what: keyof typeof FOLDERS): StateFolder =>
  new StateFolder(join(StateFolder.fromEnvironment().path, FOLDERS[what]));

/** Those that exist below a platform's. */
export const nestedIn = (state: StateFolder): StateFolder[] =>
  Object.values(FOLDERS)
    .map((name) => join(state.path, name))
    .filter((path) => existsSync(path))
    .map((path) => new StateFolder(path));
