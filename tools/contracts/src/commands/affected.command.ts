import { ownerRules, ruleOf } from '@orion/workspace';
import { parseArgs } from 'node:util';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { ReleaseStore } from '../release/release.store';
import { next } from '../release/version';
import { baseContracts } from '../state/base.contracts';
import { readText } from '../state/json.store';
import { inWorkspace } from '../state/workspace.folder';
import { affectedComment } from './affected-comment';
import { assess, judge } from './assessment';
import { today, usersToday } from './today.source';

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

/**
 * `affected --base=REF`: what the working tree changes about the contracts of a commit, and whom that concerns, as
 * Markdown on stdout. 1 where a breaking change is not declared, 0 otherwise.
 */
export async function affected(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { base: { type: 'string', default: 'main' } } });
  const base = await baseContracts(values.base);
  const older = takeCatalogue(base.contracts);
  const users = once(usersToday);
  const changes = await assess(older, today, users);
  const store = new ReleaseStore();
  const declared = store.declared();
  const sinceRelease = await assess(store.snapshot() ?? older, today, users);
  const verdict = judge(sinceRelease, declared);
  const major = next(declared.version, 'major');
  const stepped = base.version === undefined || next(base.version, 'major') !== major;
  const unseen = changes.some((it) => it.breaking) && !stepped && !sinceRelease.some((it) => it.breaking);
  const tampered = `libs/contracts/released no longer is what ${values.base} had released: restore it from there.`;
  const rules = ownerRules(readText(inWorkspace('CODEOWNERS')) ?? '');
  const projects = changes.length > 0 ? (await users()).projects : [];
  const roots = new Map(projects.map((it) => [it.name, it.root]));
  const { undeclared, faults } = verdict;
  const all = unseen ? [...faults, tampered] : faults;
  console.log(
    affectedComment({
      base: values.base,
      changes,
      catalogues: [older, today],
      owners: (project) => ruleOf(rules, `${roots.get(project) ?? ''}/project.json`)?.owners ?? [],
      verdict: { undeclared, faults: all },
      major,
    }),
  );
  return undeclared.length + all.length === 0 ? 0 : 1;
}
