import { readdirSync } from 'node:fs';
import { clauseOf } from '../compare/sentences';
import { staleDocuments } from '../documents/documents.store';
import { keepingFaults } from '../keeping/keeping-faults';
import { scanServices } from '../keeping/services.scan';
import { ReleaseStore } from '../release/release.store';
import { inWorkspace, WORKSPACE } from '../state/workspace.folder';
import { assess, judge, sentencesOf } from './assessment';
import { today, usersToday } from './today.source';

const RELEASE = 'npx nx run contracts:release';

const keeping = (): string[] =>
  keepingFaults(today, scanServices(WORKSPACE, readdirSync(inWorkspace('apps'))));

const documents = (): string[] =>
  staleDocuments().map(
    (it) => `${it} is not what the contracts say: run npx nx run contracts:document and commit the result.`,
  );

const count = (of: object): number => Object.keys(of).length;

/** `check`: says what is wrong with the contracts, one sentence each; 1 where anything is. */
export async function check(): Promise<number> {
  const store = new ReleaseStore();
  const [version, snapshot] = [store.version(), store.snapshot()];
  const changes = snapshot ? await assess(snapshot, today, usersToday) : [];
  const faults = [
    ...(snapshot
      ? sentencesOf(judge(changes, store.declared()), version, [snapshot, today])
      : [`There is no released snapshot: run ${RELEASE} to take the first.`]),
    ...keeping(),
    ...documents(),
  ];
  for (const fault of faults) console.log(`✖ ${fault}`);
  const open = changes.filter((it) => !it.breaking);
  if (open.length > 0) console.log(`Additive since ${version}; ${RELEASE} releases it:`);
  for (const change of open) console.log(`+ ${clauseOf(change, [today])}`);
  console.log(
    `contracts ${version}: ${count(today.endpoints)} endpoints, ${count(today.events)} events, ` +
      `${count(today.questions)} questions; ${faults.length === 0 ? 'nothing is wrong' : `${faults.length} faults`}`,
  );
  return faults.length === 0 ? 0 : 1;
}
