import { readdirSync } from 'node:fs';
import { staleDocuments } from '../documents/documents.store';
import { clauseOf } from '../compare/sentences';
import { keepingFaults } from '../keeping/keeping-faults';
import { scanServices } from '../keeping/services.scan';
import { ReleaseStore } from '../release/release.store';
import { inWorkspace, WORKSPACE } from '../state/workspace.folder';
import { type Assessed, assess, releaseFaults } from './assessment';
import { today, usersToday } from './today.source';

const RELEASE = 'npx nx run contracts:release';

export interface Verdict {
  changes: Assessed[];
  faults: string[];
}

/** Today's contracts against the last release. */
export async function againstRelease(store = new ReleaseStore()): Promise<Verdict> {
  const snapshot = store.snapshot();
  if (!snapshot)
    return { changes: [], faults: [`There is no released snapshot: run ${RELEASE} to take the first.`] };
  const changes = await assess(snapshot, today, usersToday);
  return { changes, faults: releaseFaults(changes, store.declared(), [snapshot, today]) };
}

const documentFaults = (): string[] =>
  staleDocuments().map(
    (it) => `${it} is not what the contracts say: run npx nx run contracts:document and commit the result.`,
  );

/** `check`: says what is wrong with the contracts, one sentence each; 1 where anything is. */
export async function check(): Promise<number> {
  const store = new ReleaseStore();
  const { changes, faults } = await againstRelease(store);
  const all = [
    ...faults,
    ...keepingFaults(today, scanServices(WORKSPACE, readdirSync(inWorkspace('apps')))),
    ...documentFaults(),
  ];
  for (const fault of all) console.log(`✖ ${fault}`);
  const open = changes.filter((it) => !it.breaking);
  if (open.length > 0) console.log(`Added since ${store.version()}; ${RELEASE} releases it:`);
  for (const change of open) console.log(`+ ${clauseOf(change, [today])}`);
  const count = (of: object) => Object.keys(of).length;
  console.log(
    `contracts ${store.version()}: ${count(today.endpoints)} endpoints, ${count(today.events)} events, ` +
      `${count(today.questions)} questions; ${all.length === 0 ? 'nothing is wrong' : `${all.length} faults`}`,
  );
  return all.length === 0 ? 0 : 1;
}
