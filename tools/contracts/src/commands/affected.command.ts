import { parseArgs } from 'node:util';
import { baseContracts } from '../state/base.contracts';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { ReleaseStore } from '../release/release.store';
import { declaresMajor } from '../release/verdict';
import { next } from '../release/version';
import { readText } from '../state/json.store';
import { inWorkspace } from '../state/workspace.folder';
import { ownersOf } from '../usage/owners';
import { affectedComment } from './affected-comment';
import { assess } from './assessment';
import { againstRelease } from './check.command';
import { today, usersToday } from './today.source';

const majorOf = (version: string): string => next(version, 'major');

/**
 * `affected --base=REF`: what the working tree changes about the contracts of a commit, and whom that concerns, as
 * Markdown on stdout. 1 where a breaking change is not declared, 0 otherwise.
 */
export async function affected(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { base: { type: 'string', default: 'main' } } });
  const { contracts, version } = await baseContracts(values.base);
  const older = takeCatalogue(contracts);
  const users = await usersToday();
  const changes = await assess(older, today, async () => users);
  const store = new ReleaseStore();
  const { faults } = await againstRelease(store);
  const stepped = version === undefined || majorOf(store.version()) !== majorOf(version);
  const hidden =
    faults.length === 0 && changes.some((it) => it.breaking) && !stepped && !declaresMajor(store.declared())
      ? [`The released snapshot itself was changed: restore libs/contracts/released from ${values.base}.`]
      : [];
  const codeowners = readText(inWorkspace('CODEOWNERS')) ?? '';
  const roots = new Map(users.projects.map((it) => [it.name, it.root]));
  const owners = (project: string) => ownersOf(`${roots.get(project) ?? ''}/project.json`, codeowners);
  const all = [...faults, ...hidden];
  console.log(
    affectedComment({ base: values.base, changes, catalogues: [older, today], owners, faults: all }),
  );
  return all.length === 0 ? 0 : 1;
}
