import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contracts } from '../catalogue/take-catalogue';
import { PlainFailure } from './plain-failure';
import { readJson } from './json.store';
import { inWorkspace, WORKSPACE } from './workspace.folder';

const ARCHIVE_BYTES = 1 << 28;

function commitOf(ref: string): string {
  try {
    return execFileSync('git', ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`], {
      cwd: WORKSPACE,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    throw new PlainFailure(`git knows no commit "${ref}": fetch it, or name another with --base=REF.`);
  }
}

/** The contracts of a commit as a module, and the version it had released; its files are gone again afterwards. */
export async function baseContracts(ref: string): Promise<{ contracts: Contracts; version?: string }> {
  const commit = commitOf(ref);
  const folder = mkdtempSync(join(tmpdir(), 'orion-contracts-'));
  try {
    const input = execFileSync('git', ['archive', commit, 'libs/contracts'], {
      cwd: WORKSPACE,
      maxBuffer: ARCHIVE_BYTES,
    });
    execFileSync('tar', ['-x', '-C', folder], { input });
    symlinkSync(inWorkspace('node_modules'), join(folder, 'node_modules'));
    const at = (file: string) => join(folder, 'libs/contracts', file);
    const contracts = (await import(pathToFileURL(at('src/index.ts')).href)) as Contracts;
    const released = readJson<{ version: string }>(at('released/version.json'));
    return { contracts, ...(released ? { version: released.version } : {}) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
