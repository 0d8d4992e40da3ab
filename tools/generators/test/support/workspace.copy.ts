import { copyWorkspace } from '@orion/workspace';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const original = resolve(__dirname, '../../../..');

/** The environment without what Nx and Jest tell their own children. */
const outside = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NX|JEST)_/.test(name)));

/** A copy of this workspace in a folder of its own, with the same packages. */
export class WorkspaceCopy {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'orion-generators-')));

  constructor() {
    copyWorkspace(original, this.root);
  }

  /** Runs a program of the packages; throws with what it said where it fails. */
  run(program: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(join(this.root, 'node_modules/.bin', program), args, {
      cwd: this.root,
      env: { ...outside(), NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: this.root, CI: 'true' },
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (status === 0) return stdout;
    throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${(stdout + stderr).slice(-8_000)}`);
  }

  jest(project: string, ...args: string[]): string {
    return this.run('jest', '-c', `${project}/jest.config.cjs`, '--maxWorkers=1', '--forceExit', ...args);
  }

  /** Whether a file is new, or not what it is in the original. */
  private isChanged(path: string): boolean {
    const before = join(original, path);
    return !existsSync(before) || !readFileSync(before).equals(readFileSync(join(this.root, path)));
  }

  /** Files below a folder that are new, or not what they are in the original. */
  changedBelow(folder: string): string[] {
    return readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => relative(this.root, join(it.parentPath, it.name)))
      .filter((it) => this.isChanged(it));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
