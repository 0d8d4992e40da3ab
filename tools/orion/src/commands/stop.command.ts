import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import { removeContainers } from '../infrastructure/compose.instance';
import { removePostgresData } from '../infrastructure/postgres.instance';
import { listed } from '../infrastructure/finder';
import { ProcessTable } from '../processes/process-table.store';
import { endSupervisor } from '../processes/sweep.process';
import { StateFolder } from '../state/state.folder';
import { endLeftovers } from './leftovers.step';
import { nestedIn, stateOf } from './nested.state';

async function endWhatRuns(state: StateFolder, progress: Progress, what = 'Orion'): Promise<boolean> {
  const supervised = new ProcessTable(state).supervisor() !== undefined;
  if (supervised) await progress.step(`ending ${what}`, () => endSupervisor(state));
  const leftovers = await endLeftovers(state);
  if (leftovers.length > 0) progress.say(`Ended what was left: ${listed(leftovers)}.`);
  return supervised || leftovers.length > 0;
}

/** `stop`: ends everything that was started, and nothing else. */
export async function stop(_args: readonly string[], progress: Progress): Promise<number> {
  const state = StateFolder.fromEnvironment();
  const found = [await endWhatRuns(state, progress)];
  found.push(await endWhatRuns(stateOf('servers'), progress, 'the test servers'));
  for (const test of nestedIn(state)) {
    if (!new ProcessTable(test).supervisor()) found.push(await endWhatRuns(test, progress));
  }
  if (!found.some(Boolean)) progress.say('Orion is not running.');
  return 0;
}

/** `reset`: ends everything and deletes the data of this checkout. */
export async function reset(_args: readonly string[], progress: Progress): Promise<number> {
  const state = StateFolder.fromEnvironment();
  await endWhatRuns(stateOf('servers'), progress, 'the test servers');
  const tests = nestedIn(state);
  if (tests.some((test) => new ProcessTable(test).supervisor())) {
    throw new PlainFailure(
      'Tests of this checkout are running: wait for their end or interrupt them, then reset.',
    );
  }
  for (const folder of [...tests, state]) {
    await endWhatRuns(folder, progress);
    await removeContainers(folder);
    removePostgresData(folder);
    folder.removeAll();
  }
  progress.say('Deleted the data of this checkout; databases on servers of your own stay as they are.');
  return 0;
}
