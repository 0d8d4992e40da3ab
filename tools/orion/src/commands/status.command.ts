import type { Progress } from '../console/progress.console';
import { SERVICES, type ServiceName } from '../platform/services';
import { isReady } from '../platform/services.instance';
import { readPlatform } from '../platform/platform-file.store';
import { ProcessTable } from '../processes/process-table.store';
import { StateFolder } from '../state/state.folder';

const NOT_RUNNING = 3;

/** `status`: 0 when everything is ready, 1 when something is not, 3 when Orion does not run. */
export async function status(_args: readonly string[], progress: Progress): Promise<number> {
  const state = StateFolder.fromEnvironment();
  const table = new ProcessTable(state);
  if (!table.supervisor()) {
    progress.say('Orion is not running (npm start starts it).');
    return NOT_RUNNING;
  }
  const platform = readPlatform(state);
  if (!platform) {
    progress.say('Orion is starting.');
    return 1;
  }
  const ready = new Map<string, boolean>(
    await Promise.all(
      SERVICES.map(
        async (name: ServiceName) => [name, await isReady(platform.ports.services[name])] as const,
      ),
    ),
  );
  const alive = table.alive();
  for (const name of Object.keys(table.all())) {
    const word = ready.has(name) ? (ready.get(name) ? 'ready' : 'not ready') : 'running';
    progress.say(`${name.padEnd(14)}${alive[name] ? word : 'ended'}  ${alive[name]?.pid ?? ''}`);
  }
  progress.say(`Address ${platform.url}, mails ${platform.mailUrl}`);
  return [...ready.values()].every(Boolean) ? 0 : 1;
}
