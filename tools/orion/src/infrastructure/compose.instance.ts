import { PlainFailure } from '../failure';
import { mustRun, run } from '../processes/run.process';
import type { StateFolder } from '../state/state.folder';
import { postgresUrl, rabbitmqUrl, redisUrl } from './addresses';
import { type Compose, findCompose } from './compose.probe';
import type { InstanceContext } from './context';
import { listed, NAMES, noEngine, type Piece } from './finder';
import { COMPOSE_FILE } from './images';
import { INSISTENCE_KEY } from './insistence';
import { MAX_CONNECTIONS } from './postgres-settings';
import { BROKER_USER } from './rabbitmq-settings';
import { ANSWERS } from './readiness.probe';

/** Says that this platform has containers. */
const USED = 'containers.json';
const ANSWERS_WITHIN_MS = 120_000;
const PASSWORD_KEYS: Record<Piece, string> = {
  postgres: 'ORION_POSTGRES_PASSWORD',
  rabbitmq: 'ORION_RABBITMQ_PASSWORD',
  redis: 'ORION_REDIS_PASSWORD',
};

const projectOf = (state: StateFolder): string => `orion-${state.id}`;

function environmentOf({ secrets, ports, durability }: InstanceContext): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ORION_POSTGRES_PORT: String(ports.postgres),
    ORION_RABBITMQ_PORT: String(ports.rabbitmq),
    ORION_REDIS_PORT: String(ports.redis),
    ORION_POSTGRES_CONNECTIONS: String(MAX_CONNECTIONS[durability]),
    [PASSWORD_KEYS.postgres]: secrets.password('postgres'),
    [PASSWORD_KEYS.rabbitmq]: secrets.password('rabbitmq'),
    [PASSWORD_KEYS.redis]: secrets.password('redis'),
  };
}

/** The compose command with the file and the name of this platform; undefined where compose is not there. */
function commandFor(state: StateFolder): Compose | undefined {
  const compose = findCompose();
  return compose && { ...compose, args: [...compose.args, '-f', COMPOSE_FILE, '-p', projectOf(state)] };
}

/** Starts pieces as containers of docker-compose.yml, waits until they answer and tells the address of each. */
export async function startContainers(
  context: InstanceContext,
  pieces: readonly Piece[],
): Promise<Record<Piece, string>> {
  const { secrets, ports, state, supervisor } = context;
  const logFile = state.file('log', 'docker.log');
  const compose = commandFor(state);
  if (!compose) throw new PlainFailure(noEngine(INSISTENCE_KEY, true));
  const { command, args, wait } = compose;
  state.write(USED, pieces);
  await mustRun(
    { command, args: [...args, 'up', '-d', ...wait, ...pieces], env: environmentOf(context), logFile },
    'Docker could not start the infrastructure: put right what it says above, then start again.',
  );
  const urls: Record<Piece, string> = {
    postgres: postgresUrl(ports.postgres, secrets.password('postgres')),
    rabbitmq: rabbitmqUrl(ports.rabbitmq, BROKER_USER, secrets.password('rabbitmq')),
    redis: redisUrl(ports.redis, secrets.password('redis')),
  };
  const allAnswer = async (): Promise<boolean> =>
    (await Promise.all(pieces.map((piece) => ANSWERS[piece](urls[piece])))).every(Boolean);
  const names = listed(pieces.map((piece) => NAMES[piece]));
  const wayOut = `see ${command} ${args.join(' ')} logs`;
  await supervisor.untilAnswers(allAnswer, ANSWERS_WITHIN_MS, `Not all of ${names} answer`, wayOut);
  return urls;
}

/** Ends the containers of a platform, if it has any; their data stays. */
export const stopContainers = (state: StateFolder): Promise<void> => tell(state, ['stop']);

/** Removes the containers of a platform and their data, if it has any. */
export const removeContainers = (state: StateFolder): Promise<void> => tell(state, ['down', '-v']);

async function tell(state: StateFolder, words: readonly string[]): Promise<void> {
  const compose = state.has(USED) ? commandFor(state) : undefined;
  if (compose) await run({ command: compose.command, args: [...compose.args, ...words], env: process.env });
}
