import { inWords } from '../console/duration';
import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import type { Addresses } from '../infrastructure/addresses';
import { type Infrastructure, startInfrastructure } from '../infrastructure/infrastructure.step';
import { TEST_INSISTENCE_KEY } from '../infrastructure/insistence';
import { removePostgresData } from '../infrastructure/postgres.instance';
import { endAsked, exitCodeOf } from '../processes/ending.process';
import { ProcessTable } from '../processes/process-table.store';
import { run } from '../processes/run.process';
import { Supervisor } from '../processes/supervisor.process';
import { hasJourneys, journeys } from '../quality/journeys.step';
import { sum, type Tally, TestOutput } from '../quality/jest-summary';
import { forgetResults, keepResults } from '../quality/results.store';
import { testPlan, type TestPlan } from '../quality/test-plan';
import type { StateFolder } from '../state/state.folder';
import { packageProgram, WORKSPACE, workspaceEnvironment } from '../state/workspace';
import { endLeftovers } from './leftovers.step';
import { stateOf } from './nested.state';

/** A test that failed may leave a connection open, which must not keep the whole run waiting. */
const JEST_OPTIONS = ['--forceExit'];
const LIMIT_MS = 20 * 60_000;

/** Tests begin with nothing: what an earlier run left is deleted. */
async function beginAnew(state: StateFolder): Promise<void> {
  await endLeftovers(state);
  removePostgresData(state);
  for (const name of ['rabbitmq', 'redis']) state.remove(name);
}

async function unitAndIntegration(
  addresses: Addresses,
  sources: Infrastructure['sources'],
  { command, options }: NonNullable<TestPlan['nx']>,
): Promise<Map<string, Tally>> {
  const output = new TestOutput();
  const { code } = await run({
    command: packageProgram('nx'),
    args: [command, '-t', 'test', '--parallel=2', '--output-style=stream', ...options, '--', ...JEST_OPTIONS],
    limitMs: LIMIT_MS,
    env: workspaceEnvironment({
      ORION_POSTGRES_URL: addresses.postgresUrl,
      ORION_RABBITMQ_URL: addresses.rabbitmqUrl,
      ORION_REDIS_URL: addresses.redisUrl,
      // Part of what Nx remembers a result by, and what the launcher's own tests then stand on.
      ...(Object.values(sources).includes('containers') ? { [TEST_INSISTENCE_KEY]: 'containers' } : {}),
    }),
    cwd: WORKSPACE,
    onLine: (line) => {
      output.add(line);
      process.stdout.write(`${line}\n`);
    },
  });
  return output.results(code !== 0);
}

/** No test at all is a failure, unless only what is affected was asked for and nothing is. */
function summarize(
  results: ReadonlyMap<string, Tally>,
  mayBeNone: boolean,
  tookMs: number,
  progress: Progress,
): number {
  const total = sum(results.values());
  progress.say();
  for (const [project, { passed, failed }] of results) {
    progress.say(`  ${project.padEnd(16)} ${passed} passed, ${failed} failed`);
  }
  progress.say(`Tests: ${total.passed} passed, ${total.failed} failed, in ${inWords(tookMs)}`);
  keepResults('test', total);
  return total.failed === 0 && (total.passed > 0 || mayBeNone) ? 0 : 1;
}

/**
 * `test [--affected] [--journeys] [nx options]`: unit and integration tests of every project, then the browser journeys;
 * or a part of them.
 */
export async function test(args: readonly string[], progress: Progress): Promise<number> {
  const began = performance.now();
  const plan = testPlan(args);
  forgetResults('test');
  const state = stateOf('infrastructure');
  if (new ProcessTable(state).supervisor()) {
    throw new PlainFailure(
      'Tests of this checkout are running already: wait for their end, or set ORION_STATE.',
    );
  }
  await beginAnew(state);
  const supervisor = new Supervisor(state, progress, false);
  const asked = endAsked(() => {
    supervisor.kill();
    process.exit(1);
  });
  const work = async (): Promise<number> => {
    const { all, sources } = await startInfrastructure(state, supervisor, progress, 'throwaway');
    const addresses = await all;
    supervisor.settle();
    const results = plan.nx
      ? await unitAndIntegration(addresses, sources, plan.nx)
      : new Map<string, Tally>();
    if (hasJourneys() && plan.journeys) results.set('journeys', await journeys(addresses, progress, asked));
    return summarize(results, plan.nx?.command === 'affected', performance.now() - began, progress);
  };
  const working = work();
  try {
    return await Promise.race([working, asked.then(exitCodeOf)]);
  } finally {
    await Promise.all([supervisor.stopAll(), Promise.allSettled([working])]);
    await endLeftovers(state);
  }
}
