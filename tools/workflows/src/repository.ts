import type { Project } from '@orion/workspace';

/** What the checks look at; read once, so that each check decides from its argument alone. */
export interface Repository {
  /** Every file that belongs to the repository. */
  paths: readonly string[];
  /** Text by path: everything below `.github`, CODEOWNERS and package.json. */
  texts: ReadonlyMap<string, string>;
  projects: readonly Project[];
}

export const textOf = ({ texts }: Repository, path: string): string => texts.get(path) ?? '';

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const FORM = /^\.github\/ISSUE_TEMPLATE\/(?!config\.)[^/]+\.ya?ml$/;

const like = (repository: Repository, pattern: RegExp): [path: string, text: string][] =>
  [...repository.texts].filter(([path]) => pattern.test(path));

export const workflowsOf = (repository: Repository) => like(repository, WORKFLOW);
export const formsOf = (repository: Repository) => like(repository, FORM);
