import { spawnSync } from 'node:child_process';

/** `merges-cleanly TARGET CHANGE`: ends with 1 and the files' names where the two conflict. Touches no file. */
const [target, change] = process.argv.slice(2);
if (target === undefined || change === undefined) {
  console.error('Usage: merges-cleanly.mjs TARGET CHANGE');
  process.exit(2);
}

for (const name of [target, change]) {
  const known = spawnSync('git', ['rev-parse', '--quiet', '--verify', `${name}^{commit}`]).status === 0;
  if (known) continue;
  console.error(`${name} is no commit.`);
  process.exit(2);
}

const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', target, change];
const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8' });
if (status === 0) {
  console.log(`${change} merges into ${target} without conflict`);
} else if (status === 1) {
  const [, ...files] = stdout.trim().split('\n');
  console.log(`${change} conflicts with ${target} in:`);
  for (const file of files) console.log(`  ${file}`);
  console.log(`Merge ${target} into your branch, or rebase onto it, and push again.`);
} else {
  console.error(stderr.trim());
}
process.exit(status ?? 2);
