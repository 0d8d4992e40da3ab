import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dropDatabase } from '@orion/database';
import type { Progress } from '../console/progress.console';
import type { Addresses } from '../infrastructure/addresses';
import { sentenceOf } from '../failure';
import { TEST_FOLDERS } from '../commands/stop.command';
import { startPlatform } from '../platform/platform.step';
import { hasSeed, seed } from '../platform/seed.step';
import { PORTS_NEEDED, SERVICES } from '../platform/services';
import { run } from '../processes/run.process';
import { Supervisor } from '../processes/supervisor.process';
import { freeRange } from '../state/ports.probe';
import { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, WORKSPACE, workspaceEnvironment } from '../state/workspace';
import { obtainChromium } from './browser.step';
import { sum, type Tally, TestOutput } from './jest-summary';

/** Names of its own on the test infrastructure, so that nothing of another platform is touched. */
const PREFIX = 'orion_journeys';
const FIRST_PORT = 13_000;

export const hasJourneys = (): boolean => existsSync(inWorkspace('apps', 'e2e', 'project.json'));

/** The platform for the journeys takes its infrastructure from these settings, as from a person's. */
function pointAt({ postgresUrl, rabbitmqUrl, redisUrl }: Addresses): void {
  const otherNumbers = new URL(redisUrl);
  otherNumbers.pathname = '/1';
  Object.assign(process.env, {
    ORION_POSTGRES_URL: postgresUrl,
    ORION_RABBITMQ_URL: rabbitmqUrl,
    ORION_REDIS_URL: otherNumbers.toString(),
    ORION_DATABASE_PREFIX: PREFIX,
    MESSAGING_NAMESPACE: PREFIX,
  });
}

async function dropOldData(adminUrl: string): Promise<void> {
  for (const service of SERVICES) await dropDatabase(adminUrl, `${PREFIX}_${service}`);
}

async function runJourneys(state: StateFolder, url: string, chromium: string): Promise<Tally> {
  const output = new TestOutput();
  const { code } = await run({
    command: packageProgram('nx'),
    args: ['run-many', '-t', 'e2e', '-p', 'e2e', '--output-style=stream', '--skip-nx-cache'],
    env: workspaceEnvironment({ ORION_URL: url, ORION_STATE: state.path, ORION_CHROMIUM: chromium }),
    cwd: WORKSPACE,
    onLine: (line) => {
      output.add(line);
      process.stdout.write(`${line}\n`);
    },
  });
  return sum(output.results(code !== 0).values());
}

/**
 * Starts a platform of its own beside whatever runs, sends the journeys through it and ends it. What keeps them
 * from running counts as a failure.
 */
export async function journeys(
  parent: StateFolder,
  addresses: Addresses,
  progress: Progress,
): Promise<Tally> {
  const state = new StateFolder(join(parent.path, '..', TEST_FOLDERS.journeys));
  const supervisor = new Supervisor(state, progress);
  try {
    const chromium = await obtainChromium(state, progress);
    pointAt(addresses);
    await dropOldData(addresses.postgresUrl);
    const firstPort = await freeRange(FIRST_PORT, PORTS_NEEDED);
    const { file } = await startPlatform({ state, supervisor, progress, firstPort, durability: 'throwaway' });
    if (hasSeed()) await progress.step('demo data', () => seed(state, file.url, () => undefined));
    return await runJourneys(state, file.url, chromium);
  } catch (error) {
    progress.say(sentenceOf(error));
    return { passed: 0, failed: 1 };
  } finally {
    await supervisor.stopAll();
  }
}
