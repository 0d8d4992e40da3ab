import { matchesGlob } from 'node:path';

interface Line {
  globs: string[];
  owners: string[];
}

/** A pattern of CODEOWNERS as globs: one with a slash inside starts at the root, one for a folder holds all below. */
function globsOf(pattern: string): string[] {
  const rooted = pattern.replace(/\/$/, '').includes('/');
  const plain = pattern.replace(/^\//, '').replace(/\/$/, '');
  const at = rooted ? plain : `**/${plain}`;
  return pattern.endsWith('/') ? [`${at}/**`] : [at, `${at}/**`];
}

const linesOf = (codeowners: string): Line[] =>
  codeowners
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [pattern = '', ...owners] = line.split(/\s+/);
      return { globs: globsOf(pattern), owners };
    });

/** Who owns a file, by the rules of CODEOWNERS: the last line that fits counts. */
export function ownersOf(file: string, codeowners: string): string[] {
  const fitting = linesOf(codeowners).filter(({ globs }) => globs.some((it) => matchesGlob(file, it)));
  return fitting.at(-1)?.owners ?? [];
}
