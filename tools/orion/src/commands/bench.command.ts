import { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import { removeContainers } from '../infrastructure/compose.instance';
import { startInfrastructure } from '../infrastructure/infrastructure.step';
import { removePostgresData } from '../infrastructure/postgres.instance';
import { endAsked, exitCodeOf } from '../processes/ending.process';
import { ProcessTable } from '../processes/process-table.store';
import { handOver } from '../processes/run.process';
import { Supervisor } from '../processes/supervisor.process';
import { inWorkspace, packageProgram, typescript, workspaceEnvironment } from '../state/workspace';
import { endLeftovers } from './leftovers.step';
import { stateOf } from './nested.state';

/**
 * `bench NAME… [--json]`: benchmarks on infrastructure of their own, empty and as durable as the platform's, beside
 * whatever runs.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const state = stateOf('benchmarks');
  if (new ProcessTable(state).supervisor())
    throw new PlainFailure('Benchmarks of this checkout are running already: wait for their end.');
  await endLeftovers(state);
  await removeContainers(state);
  removePostgresData(state);
  for (const name of ['rabbitmq', 'redis']) state.remove(name);
  // Rows alone go to standard output, so that another program can read them.
  const aside = new Progress(process.stderr);
  const supervisor = new Supervisor(state, aside, false);
  const asked = endAsked(() => {
    supervisor.kill();
    process.exit(1);
  });
  const work = async (): Promise<number> => {
    const { all } = await startInfrastructure(state, supervisor, aside, 'durable');
    const { postgresUrl, rabbitmqUrl, redisUrl } = await all;
    supervisor.settle();
    const env = workspaceEnvironment({
      ORION_POSTGRES_URL: postgresUrl,
      ORION_RABBITMQ_URL: rabbitmqUrl,
      ORION_REDIS_URL: redisUrl,
    });
    // Files among the arguments are meant from where npm was called.
    const cwd = process.env['INIT_CWD'] ?? process.cwd();
    const program = inWorkspace('tools', 'bench', 'main.ts');
    return handOver(packageProgram('node'), [...typescript(program), ...args], env, cwd);
  };
  const working = work();
  try {
    return await Promise.race([working, asked.then(exitCodeOf)]);
  } finally {
    await Promise.all([supervisor.stopAll(), Promise.allSettled([working])]);
    await endLeftovers(state);
  }
}
