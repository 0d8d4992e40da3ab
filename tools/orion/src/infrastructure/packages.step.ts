import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { mustRun, run } from '../processes/run.process';
import { isRoot } from './users.probe';

const MAY_START = '/usr/sbin/policy-rc.d';

/** Whether this is a Debian or Ubuntu on which packages can be installed without asking anybody. */
export function canInstall(): boolean {
  if (!hasApt()) return false;
  return isRoot() || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
}

export const hasApt = (): boolean => existsSync('/usr/bin/apt-get');

const asRoot = (command: string, args: readonly string[]): { command: string; args: readonly string[] } =>
  isRoot()
    ? { command, args }
    : { command: 'sudo', args: ['-n', '--preserve-env=DEBIAN_FRONTEND', command, ...args] };

/**
 * Installs packages without letting their servers start: a policy file tells the packages so while it is there.
 * One that lay there before stays.
 */
export async function installPackages(packages: readonly string[], logFile: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const forbidden = existsSync(MAY_START);
  const forbid = `printf '#!/bin/sh\\nexit 101\\n' > ${MAY_START} && chmod 755 ${MAY_START}`;
  await run({ ...asRoot('apt-get', ['update', '-q']), env });
  if (!forbidden) await mustRun(asRoot('sh', ['-c', forbid]), `${MAY_START} could not be written.`);
  try {
    await mustRun(
      { ...asRoot('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]), env, logFile },
      `${packages.join(', ')} could not be installed: see ${logFile}, install by hand (apt-get install ${packages.join(' ')}), then start again.`,
    );
  } finally {
    if (!forbidden) await run(asRoot('rm', ['-f', MAY_START]));
  }
}
