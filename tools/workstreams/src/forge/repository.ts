import { execFileSync } from 'node:child_process';

export interface RepositoryName {
  owner: string;
  name: string;
}

const ADDRESS = /github\.com[:/]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;
const NAME = /^([\w.-]+)\/([\w.-]+)$/;

/** The repository on GitHub that an address of a remote names. */
export function repositoryOf(address: string): RepositoryName | undefined {
  const [, owner, name] = ADDRESS.exec(address.trim()) ?? NAME.exec(address.trim()) ?? [];
  return owner && name ? { owner, name } : undefined;
}

/** Where a checkout came from. */
export function originOf(root: string): RepositoryName | undefined {
  try {
    return repositoryOf(
      execFileSync('git', ['remote', 'get-url', 'origin'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return undefined;
  }
}
