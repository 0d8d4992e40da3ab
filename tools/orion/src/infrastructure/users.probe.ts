import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { PlainFailure } from '../failure';

export interface SystemUser {
  uid: number;
  gid: number;
  home: string;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** A user of the system by its name. */
export function systemUser(name: string): SystemUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((it) => it.startsWith(`${name}:`));
  const [, , uid, gid, , home] = line?.split(':') ?? [];
  return uid && gid && home ? { uid: Number(uid), gid: Number(gid), home } : undefined;
}

/** Whom PostgreSQL runs as: it refuses root, so root lends it the user its package brought. */
export function postgresUser(): SystemUser | undefined {
  if (!isRoot()) return undefined;
  const user = systemUser('postgres') ?? systemUser('nobody');
  if (!user) {
    throw new PlainFailure(
      'PostgreSQL does not run as root and there is no user postgres: create one (useradd postgres).',
    );
  }
  return user;
}

/** Whether a user can pass through all folders above and enter the given one. */
export function canEnter(folder: string, user: SystemUser): boolean {
  const { uid, gid } = user;
  return spawnSync('test', ['-x', folder], { uid, gid, cwd: '/' }).status === 0;
}
