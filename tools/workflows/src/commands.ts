import { type Fault } from './fault';
import { type Repository, textOf, workflowsOf } from './repository';
import { readWorkflow, stepsOf } from './workflow';

/** The commands of a shell script, each as its words. */
export function commandsIn(script: string): string[][] {
  return script
    .replace(/\\\n/g, ' ')
    .split(/\n|&&|\|\||[;|(){}]/)
    .map((command) => command.trim().split(/\s+/).filter(Boolean))
    .map((words) => words.slice(words.findIndex((word) => !/^(\w+=.*|if|then|else|!|do)$/.test(word))))
    .filter(([first]) => first !== undefined && !first.startsWith('#'));
}

interface Known {
  scripts: ReadonlySet<string>;
  packages: ReadonlySet<string>;
  targets: ReadonlyMap<string, ReadonlySet<string>>;
  paths: ReadonlySet<string>;
}

const NPM_OWN = new Set(['ci', 'pkg', 'version']);

function faultOfNpm(words: readonly string[], { scripts }: Known): string | undefined {
  const [command = '', ...rest] = words.filter((word) => !word.startsWith('-'));
  if (NPM_OWN.has(command)) return undefined;
  const script = command === 'run' ? (rest[0] ?? '') : command;
  return scripts.has(script) ? undefined : `npm has no script "${script}"`;
}

/** The values after `-t`, `--target` or `--targets`, separated by spaces or commas. */
function targetsAsked(words: readonly string[]): string[] {
  const at = words.findIndex((word) => /^(-t|--targets?)(=|$)/.test(word));
  if (at < 0) return [];
  const [, glued] = (words[at] ?? '').split('=');
  const after = words.slice(at + 1);
  const end = after.findIndex((word) => word.startsWith('-'));
  const values = glued === undefined ? after.slice(0, end < 0 ? undefined : end) : [glued];
  return values.flatMap((value) => value.split(',')).filter(Boolean);
}

function faultOfNx([command = '', ...rest]: readonly string[], { targets }: Known): string | undefined {
  if (command === 'affected' || command === 'run-many') {
    const asked = targetsAsked(rest);
    if (asked.length === 0) return `nx ${command} names no target`;
    const unknown = asked.find((target) => ![...targets.values()].some((its) => its.has(target)));
    return unknown === undefined ? undefined : `no project has a target "${unknown}"`;
  }
  const [project = '', target = ''] = command === 'run' ? (rest[0] ?? '').split(':') : [rest[0], command];
  return targets.get(project)?.has(target) ? undefined : `there is no target ${project}:${target}`;
}

function faultOf([program = '', ...rest]: readonly string[], known: Known): string | undefined {
  if (program === 'npm') return faultOfNpm(rest, known);
  if (program === 'nx') return faultOfNx(rest, known);
  if (program === 'npx') {
    const [name = '', ...words] = rest;
    if (!known.packages.has(name)) return `npx ${name} is no package of this repository`;
    return name === 'nx' ? faultOfNx(words, known) : undefined;
  }
  const file =
    program === 'node' || program === 'bash' ? rest.find((word) => !word.startsWith('-')) : program;
  const isOurs = file !== undefined && /^[\w.]+\//.test(file);
  return isOurs && !known.paths.has(file.replace(/^\.\//, '')) ? `${file} does not exist` : undefined;
}

/** Every npm script, Nx target and file that a workflow runs has to exist. */
export function workflowCommands(repository: Repository): Fault[] {
  const { scripts, dependencies, devDependencies } = JSON.parse(textOf(repository, 'package.json')) as Record<
    string,
    Record<string, string> | undefined
  >;
  const known: Known = {
    scripts: new Set(Object.keys(scripts ?? {})),
    packages: new Set(Object.keys({ ...dependencies, ...devDependencies })),
    targets: new Map(repository.projects.map(({ name, targets }) => [name, new Set(targets)])),
    paths: new Set(repository.paths),
  };
  return workflowsOf(repository).flatMap(([file, text]) =>
    stepsOf(readWorkflow(text))
      .flatMap(({ run }) => (run === undefined ? [] : commandsIn(run)))
      .map((command) => faultOf(command, known))
      .filter((message) => message !== undefined)
      .map((message) => ({ file, message })),
  );
}
