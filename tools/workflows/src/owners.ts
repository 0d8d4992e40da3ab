import { covers, ownerRules, ruleOf } from '@orion/workspace';
import { type Fault } from './fault';
import { type Repository, textOf } from './repository';

const FILE = 'CODEOWNERS';
const EVERYTHING = '*';

/** Places whose changes their own owner reviews, whoever owns what lies around them. */
const OWN_REVIEW = [/^libs\/contracts\/$/, /^apps\/[^/]+\/prisma\/$/];

function placesOfOwnReview(paths: readonly string[]): string[] {
  const folders = paths.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, depth) => `${parts.slice(0, depth + 1).join('/')}/`);
  });
  return [...new Set(folders)].filter((folder) => OWN_REVIEW.some((pattern) => pattern.test(folder)));
}

/** CODEOWNERS: every rule covers something, every project and every schema has an owner. */
export function ownerFaults(repository: Repository): Fault[] {
  const rules = ownerRules(textOf(repository, FILE));
  const empty = rules.filter(({ pattern }) => !repository.paths.some((path) => covers(pattern, path)));
  const nameless = rules.filter(
    ({ owners }) => owners.length === 0 || !owners.every((owner) => /^@[\w-]+(\/[\w.-]+)?$/.test(owner)),
  );
  const unowned = repository.projects.filter(({ root }) => {
    const rule = ruleOf(rules, `${root}/project.json`);
    return rule === undefined || rule.pattern === EVERYTHING;
  });
  const unreviewed = placesOfOwnReview(repository.paths).filter((folder) => {
    const rule = ruleOf(rules, `${folder}any`);
    const around = ruleOf(rules, `${folder.replace(/[^/]+\/$/, '')}any`);
    return rule === undefined || rule.pattern === around?.pattern;
  });
  return [
    ...empty.map(({ pattern, line }) => ({ file: FILE, line, message: `${pattern} covers no file` })),
    ...nameless.map(({ pattern, line }) => ({ file: FILE, line, message: `${pattern} names no owner` })),
    ...unowned.map(({ name, root }) => ({
      file: FILE,
      message: `${name} (${root}) has no owner of its own`,
    })),
    ...unreviewed.map((folder) => ({
      file: FILE,
      message: `${folder} has no owner apart from its surroundings`,
    })),
  ];
}
