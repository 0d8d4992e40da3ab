import { execFileSync } from 'node:child_process';

/**
 * Prints the commit a push is compared with: on main what stood there before, on a branch where it left main.
 * BEFORE is the event's word for what stood there; it names nothing for a new branch, or nothing that still exists.
 */
const MAIN = 'main';

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function isAncestor(commit) {
  try {
    git('merge-base', '--is-ancestor', commit, 'HEAD');
    return true;
  } catch {
    return false;
  }
}

const { BEFORE = '', GITHUB_REF_NAME = MAIN } = process.env;
const onMain = () => (/[1-9a-f]/.test(BEFORE) && isAncestor(BEFORE) ? BEFORE : git('rev-parse', 'HEAD~1'));

process.stdout.write(GITHUB_REF_NAME === MAIN ? onMain() : git('merge-base', `origin/${MAIN}`, 'HEAD'));
