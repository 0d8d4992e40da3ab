import { spawnSync } from 'node:child_process';
import { mustRun, run } from '../processes/run.process';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace } from '../state/workspace';
import { postgresUrl, rabbitmqUrl, redisUrl } from './addresses';
import type { InstanceContext } from './context';
import type { Piece } from './finder';
import { MAX_CONNECTIONS } from './postgres-settings';

/** Says that this platform has containers. */
const USED = 'containers.json';
const FILE = inWorkspace('docker-compose.yml');
const PASSWORD_KEYS: Record<Piece, string> = {
  postgres: 'ORION_POSTGRES_PASSWORD',
  rabbitmq: 'ORION_RABBITMQ_PASSWORD',
  redis: 'ORION_REDIS_PASSWORD',
};

/** Whether a container engine answers and knows compose. */
export const dockerAnswers = (): boolean =>
  spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0 &&
  spawnSync('docker', ['compose', 'version'], { stdio: 'ignore', timeout: 10_000 }).status === 0;

const projectOf = (state: StateFolder): string => `orion-${state.id}`;

function environmentOf({ secrets, ports, durability }: InstanceContext): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ORION_POSTGRES_PORT: String(ports.postgres),
    ORION_RABBITMQ_PORT: String(ports.rabbitmq),
    ORION_REDIS_PORT: String(ports.redis),
    ORION_POSTGRES_FSYNC: durability === 'durable' ? 'on' : 'off',
    ORION_POSTGRES_CONNECTIONS: String(MAX_CONNECTIONS[durability]),
    [PASSWORD_KEYS.postgres]: secrets.password('postgres'),
    [PASSWORD_KEYS.rabbitmq]: secrets.password('rabbitmq'),
    [PASSWORD_KEYS.redis]: secrets.password('redis'),
  };
}

/** Starts pieces as containers of docker-compose.yml and waits until they are healthy. */
export async function startContainers(
  context: InstanceContext,
  pieces: readonly Piece[],
): Promise<Partial<Record<Piece, string>>> {
  const { secrets, ports, state } = context;
  state.write(USED, pieces);
  await mustRun(
    {
      command: 'docker',
      args: ['compose', '-f', FILE, '-p', projectOf(state), 'up', '-d', '--wait', ...pieces],
      env: environmentOf(context),
      logFile: state.file('log', 'docker.log'),
    },
    'Docker could not start the infrastructure: put right what it says above, then start again.',
  );
  const urls: Record<Piece, string> = {
    postgres: postgresUrl(ports.postgres, secrets.password('postgres')),
    rabbitmq: rabbitmqUrl(ports.rabbitmq, 'orion', secrets.password('rabbitmq')),
    redis: redisUrl(ports.redis, secrets.password('redis')),
  };
  return Object.fromEntries(pieces.map((piece) => [piece, urls[piece]]));
}

/** Ends the containers of a platform, if it has any; their data stays. */
export const stopContainers = (state: StateFolder): Promise<void> => compose(state, ['stop']);

/** Removes the containers of a platform and their data, if it has any. */
export const removeContainers = (state: StateFolder): Promise<void> => compose(state, ['down', '-v']);

async function compose(state: StateFolder, args: readonly string[]): Promise<void> {
  if (!state.has(USED)) return;
  await run({
    command: 'docker',
    args: ['compose', '-f', FILE, '-p', projectOf(state), ...args],
    env: process.env,
  });
}
