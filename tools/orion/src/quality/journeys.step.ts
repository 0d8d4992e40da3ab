import { existsSync } from 'node:fs';
import { dropDatabase } from '@orion/database';
import type { Progress } from '../console/progress.console';
import type { Addresses } from '../infrastructure/addresses';
import { Interrupted, sentenceOf } from '../failure';
import { endLeftovers } from '../commands/leftovers.step';
import { stateOf } from '../commands/nested.state';
import { type PlatformFile, removePlatform } from '../platform/platform-file.store';
import { startPlatform } from '../platform/platform.step';
import { PORTS_NEEDED, SERVICES } from '../platform/services';
import { run } from '../processes/run.process';
import { Supervisor } from '../processes/supervisor.process';
import { freeRange } from '../state/ports.probe';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, WORKSPACE, workspaceEnvironment } from '../state/workspace';
import { obtainChromium } from './browser.step';
import { sum, type Tally, TestOutput } from './jest-summary';

/** Names of its own on the test infrastructure, so that nothing of another platform is touched. */
const PREFIX = 'orion_journeys';
const FIRST_PORT = 13_000;
const LIMIT_MS = 10 * 60_000;

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
    MESSAGING_NAMESPACE: PREFIX.replace('_', '-'),
    // Journeys and fuzzing call faster than people do.
    RATE_LIMIT_PER_MINUTE: '100000',
  });
}

async function dropOldData(adminUrl: string): Promise<void> {
  for (const service of SERVICES) await dropDatabase(adminUrl, `${PREFIX}_${service}`);
}

async function runJourneys(state: StateFolder, platform: PlatformFile, chromium: string): Promise<Tally> {
  const output = new TestOutput();
  const { code } = await run({
    command: packageProgram('nx'),
    args: [
      'run-many',
      '-t',
      'e2e',
      '-p',
      'e2e',
      '--output-style=stream',
      '--skip-nx-cache',
      '--',
      '--forceExit',
    ],
    limitMs: LIMIT_MS,
    env: workspaceEnvironment({
      ORION_URL: platform.url,
      ORION_MAIL_URL: platform.mailUrl,
      ORION_PROVIDER: JSON.stringify(platform.provider),
      ORION_STATE: state.path,
      ORION_CHROMIUM: chromium,
    }),
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
 * from running counts as a failure. Ends early when `asked` says so.
 */
export async function journeys(
  addresses: Addresses,
  progress: Progress,
  asked: Promise<unknown>,
): Promise<Tally> {
  const state = stateOf('journeys');
  await endLeftovers(state);
  const supervisor = new Supervisor(state, progress, false);
  void asked.then(() => supervisor.stopAll());
  try {
    const chromium = await obtainChromium(state, progress);
    pointAt(addresses);
    await dropOldData(addresses.postgresUrl);
    const firstPort = await freeRange(FIRST_PORT, PORTS_NEEDED);
    const { file } = await startPlatform({
      ...{ state, supervisor, progress, firstPort, durability: 'throwaway' },
      identityProvider: true,
    });
    return await runJourneys(state, file, chromium);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    progress.say(sentenceOf(error));
    return { passed: 0, failed: 1 };
  } finally {
    removePlatform(state);
    await supervisor.stopAll();
  }
}
