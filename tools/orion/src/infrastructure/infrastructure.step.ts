import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import type { Supervisor } from '../processes/supervisor.process';
import { choosePorts, type Ports } from '../state/ports';
import { isFree } from '../state/ports.probe';
import { Secrets } from '../state/secrets.store';
import type { StateFolder } from '../state/state.folder';
import { type Addresses, withoutPassword } from './addresses';
import { startContainers } from './compose.instance';
import type { InstanceContext } from './context';
import { ADDRESS_KEYS, NAMES, nowhereToBeFound, type Piece, PIECES, piecesFrom, type Source } from './finder';
import { hasApt } from './packages.step';
import type { Durability } from './postgres-settings';
import { startPostgres } from './postgres.instance';
import type { Programs } from './programs.probe';
import { type BrokerControl, startRabbitmq } from './rabbitmq.instance';
import { ANSWERS } from './readiness.probe';
import { startRedis } from './redis.instance';
import { givenAddress, settleSources } from './sources.step';
import { startTestContainer } from './test-containers.instance';

const PORTS_FILE = 'ports.json';

/** Infrastructure on its way: each piece can be waited for by itself. */
export interface Infrastructure {
  /** Address of each wanted piece, as soon as it answers. */
  urls: Record<Piece, Promise<string>>;
  all: Promise<Addresses>;
  sources: Record<Piece, Source>;
  /** The private broker's control tool; undefined when the broker is somebody else's. */
  control: () => BrokerControl | undefined;
}

async function portsOf(state: StateFolder): Promise<Ports> {
  const ports = await choosePorts(state.id, state.read<Partial<Ports>>(PORTS_FILE) ?? {}, (port) =>
    isFree(port),
  );
  state.write(PORTS_FILE, ports);
  return ports;
}

async function useGiven(piece: Piece): Promise<string> {
  const url = givenAddress(piece) ?? '';
  if (!URL.canParse(url))
    throw new PlainFailure(`${ADDRESS_KEYS[piece]} is not an address: correct or unset it.`);
  if (!(await ANSWERS[piece](url))) {
    throw new PlainFailure(
      `${NAMES[piece]} does not answer at ${withoutPassword(url)}: correct ${ADDRESS_KEYS[piece]}, or unset it to use a private one.`,
    );
  }
  return url;
}

function programOf<K extends keyof Programs & Piece>(programs: Programs, piece: K): NonNullable<Programs[K]> {
  const program = programs[piece];
  if (!program) throw new PlainFailure(nowhereToBeFound([piece], hasApt()));
  return program;
}

/** Where data is to last, compose starts all pieces together; for tests, each is a container that is thrown away. */
function containersOf(context: InstanceContext, pieces: readonly Piece[]): (piece: Piece) => Promise<string> {
  if (context.durability === 'throwaway') return (piece) => startTestContainer(context, piece);
  let started: Promise<Record<Piece, string>> | undefined;
  return async (piece) => (await (started ??= startContainers(context, pieces)))[piece];
}

const WORDS: Partial<Record<Source, string>> = { environment: 'given', containers: 'container' };

/** Finds PostgreSQL, RabbitMQ and Redis and starts those wanted, all at the same time. */
export async function startInfrastructure(
  state: StateFolder,
  supervisor: Supervisor,
  progress: Progress,
  durability: Durability,
  wanted: readonly Piece[] = PIECES,
): Promise<Infrastructure> {
  const { choice, programs } = await settleSources(state, progress, durability);
  const context: InstanceContext = {
    state,
    supervisor,
    progress,
    durability,
    secrets: new Secrets(state),
    ports: await portsOf(state),
  };
  const contained = piecesFrom(choice, 'containers').filter((piece) => wanted.includes(piece));
  const obtainContained = containersOf(context, contained);
  let control: BrokerControl | undefined;

  const startOwn: Record<Piece, () => Promise<string>> = {
    postgres: () => startPostgres(context, programOf(programs, 'postgres')),
    rabbitmq: async () => {
      const broker = await startRabbitmq(context, programOf(programs, 'rabbitmq'));
      control = broker.control;
      return broker.url;
    },
    redis: () => startRedis(context, programOf(programs, 'redis')),
  };
  const obtain = (piece: Piece): Promise<string> => {
    if (choice[piece] === 'environment') return useGiven(piece);
    return choice[piece] === 'containers' ? obtainContained(piece) : startOwn[piece]();
  };
  const start = (piece: Piece): Promise<string> => {
    if (!wanted.includes(piece))
      return Promise.reject(new PlainFailure(`${NAMES[piece]} was not asked for.`));
    const describe = (url: string): string => `${WORDS[choice[piece]] ?? 'private'}, ${withoutPassword(url)}`;
    return progress.step(NAMES[piece], () => obtain(piece), describe);
  };
  const urls = { postgres: start('postgres'), rabbitmq: start('rabbitmq'), redis: start('redis') };
  const all = Promise.all([urls.postgres, urls.rabbitmq, urls.redis]).then(
    ([postgresUrl, rabbitmqUrl, redisUrl]): Addresses => ({ postgresUrl, rabbitmqUrl, redisUrl }),
  );
  // Whoever waits for a piece hears of its failure; nobody has to.
  for (const promise of [all, ...Object.values(urls)]) promise.catch(() => undefined);
  return { urls, all, sources: choice, control: () => control };
}
