import { stopContainers } from '../infrastructure/compose.instance';
import { removeTestContainers } from '../infrastructure/test-containers.instance';
import { removePlatform } from '../platform/platform-file.store';
import { sweepOrphans } from '../processes/sweep.process';
import type { StateFolder } from '../state/state.folder';

/** Ends what a platform without its supervisor left running; answers the names of what it found. */
export async function endLeftovers(state: StateFolder): Promise<string[]> {
  const names = await sweepOrphans(state);
  await stopContainers(state);
  const images = await removeTestContainers(state);
  removePlatform(state);
  return [...names, ...images];
}
