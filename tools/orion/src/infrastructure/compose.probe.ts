import { spawnSync } from 'node:child_process';

export interface Compose {
  command: string;
  args: readonly string[];
  /** Options of `up` that make it wait until everything is healthy; the first version has none. */
  wait: readonly string[];
}

const PLUGIN: Compose = { command: 'docker', args: ['compose'], wait: ['--wait'] };
const FIRST_VERSION: Compose = { command: 'docker-compose', args: [], wait: [] };

const works = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;

/** The compose command of this machine, as a plugin of Docker or as a program of its own; undefined without one. */
export function findCompose(): Compose | undefined {
  return [PLUGIN, FIRST_VERSION].find(({ command, args }) => works(command, ...args, 'version'));
}

/** Whether a container engine answers and compose is there to drive it. */
export const composeAnswers = (): boolean => works('docker', 'info') && findCompose() !== undefined;
