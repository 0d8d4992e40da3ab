import { copyWorkspace } from '@orion/workspace';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORKSPACE } from '../src/state/workspace.folder';

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** A copy of this checkout in which contracts can be broken, with one commit. */
export class WorkspaceCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'orion-workspace-'));

  constructor() {
    copyWorkspace(WORKSPACE, this.root);
    git(this.root, 'init', '--quiet');
    this.commit();
  }

  /** Replaces one text of a file; a text that is not there is a mistake of the test. */
  edit(file: string, from: string, to: string): void {
    const text = readFileSync(join(this.root, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not hold "${from}"`);
    this.write(file, text.replace(from, to));
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
  }

  delete(file: string): void {
    rmSync(join(this.root, file));
  }

  commit(): void {
    git(this.root, 'add', '--all');
    git(this.root, 'commit', '--quiet', '--no-verify', '--message', 'As it stands');
  }

  /** Runs a command of the copy as its own program. */
  run(...args: string[]): { code: number | null; out: string; error: string } {
    const own = Object.entries(process.env).filter(([name]) => !/^(NX_|JEST_|TSX_|NODE_OPTIONS$)/.test(name));
    const env = { ...Object.fromEntries(own), NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: this.root };
    const program = ['--import', 'tsx', 'tools/contracts/main.ts', ...args];
    const { status, stdout, stderr } = spawnSync('node', program, { cwd: this.root, env, encoding: 'utf8' });
    return { code: status, out: stdout, error: stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
