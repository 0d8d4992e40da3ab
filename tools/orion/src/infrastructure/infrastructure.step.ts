import { PlainFailure } from '../failure';
import type { Progress } from '../console/progress.console';
import type { Supervisor } from '../processes/supervisor.process';
import { choosePorts, type Ports } from '../state/ports';
import { isFree } from '../state/ports.probe';
import { Secrets } from '../state/secrets.store';
import type { StateFolder } from '../state/state.folder';
import { type Addresses, withoutPassword } from './addresses';
import { dockerAnswers, projectOf, startContainers, stopContainers } from './compose.instance';
import type { InstanceContext } from './context';
import {
  ADDRESS_KEYS,
  choose,
  type Facts,
  listed,
  NAMES,
  nowhereToBeFound,
  packagesOf,
  type Piece,
  PIECES,
  piecesFrom,
  type Source,
} from './finder';
import { canInstall, hasApt, installPackages } from './packages.step';
import { findPrograms, piecesWithPrograms, type Programs } from './programs.probe';
import { type BrokerControl, startRabbitmq } from './rabbitmq.instance';
import type { Durability } from './postgres-settings';
import { postgresAnswers, rabbitmqAnswers, redisAnswers } from './readiness.probe';
import { startPostgres } from './postgres.instance';
import { startRedis } from './redis.instance';

const PORTS_FILE = 'ports.json';
const ANSWERS: Record<Piece, (url: string) => Promise<boolean>> = {
  postgres: postgresAnswers,
  rabbitmq: rabbitmqAnswers,
  redis: redisAnswers,
};

/** Infrastructure on its way: each piece can be waited for by itself. */
export interface Infrastructure {
  postgresUrl: Promise<string>;
  all: Promise<Addresses>;
  /** The private broker's control tool; undefined when the broker is somebody else's. */
  control: () => BrokerControl | undefined;
  /** Ends what does not end with the supervisor. */
  stop(): Promise<void>;
}

const addressOf = (piece: Piece): string | undefined => process.env[ADDRESS_KEYS[piece]] || undefined;

function facts(programs: Programs): Facts {
  const given = new Set(PIECES.filter(addressOf));
  const present = piecesWithPrograms(programs);
  const complete = PIECES.every((piece) => given.has(piece) || present.has(piece));
  return {
    given,
    programs: present,
    docker: !complete && dockerAnswers(),
    installable: !complete && canInstall(),
  };
}

async function installMissing(pieces: readonly Piece[], state: StateFolder, progress: Progress): Promise<void> {
  const packages = packagesOf(pieces);
  await progress.step(`installing ${listed(packages)}`, () => installPackages(packages, state.file('log', 'apt.log')));
}

/** Decides where each piece comes from, installing packages where that is the way. */
async function settle(state: StateFolder, progress: Progress): Promise<{ choice: Record<Piece, Source>; programs: Programs }> {
  const programs = findPrograms();
  const choice = choose(facts(programs));
  const missing = piecesFrom(choice, 'nowhere');
  if (missing.length > 0) throw new PlainFailure(nowhereToBeFound(missing, hasApt()));
  const toInstall = piecesFrom(choice, 'install');
  if (toInstall.length === 0) return { choice, programs };
  await installMissing(toInstall, state, progress);
  const installed = findPrograms();
  const still = toInstall.filter((piece) => !installed[piece]);
  if (still.length > 0) throw new PlainFailure(nowhereToBeFound(still, hasApt()));
  return { choice: choose(facts(installed)), programs: installed };
}

async function portsOf(state: StateFolder): Promise<Ports> {
  const ports = await choosePorts(state.id, state.read<Partial<Ports>>(PORTS_FILE) ?? {}, isFree);
  state.write(PORTS_FILE, ports);
  return ports;
}

async function useGiven(piece: Piece): Promise<string> {
  const url = addressOf(piece) ?? '';
  if (!URL.canParse(url)) throw new PlainFailure(`${ADDRESS_KEYS[piece]} is not an address: correct or unset it.`);
  if (!(await ANSWERS[piece](url))) {
    throw new PlainFailure(
      `${NAMES[piece]} does not answer at ${withoutPassword(url)}: correct ${ADDRESS_KEYS[piece]}, or unset it to use a private one.`,
    );
  }
  return url;
}

/** Finds and starts PostgreSQL, RabbitMQ and Redis, all at the same time. */
export async function startInfrastructure(
  state: StateFolder,
  supervisor: Supervisor,
  progress: Progress,
  durability: Durability,
): Promise<Infrastructure> {
  const { choice, programs } = await settle(state, progress);
  const secrets = new Secrets(state);
  const context: InstanceContext = { state, secrets, supervisor, progress, durability, ports: await portsOf(state) };
  const contained = piecesFrom(choice, 'docker');
  const containers =
    contained.length > 0 ? startContainers(context, contained) : Promise.resolve<Partial<Record<Piece, string>>>({});
  let control: BrokerControl | undefined;

  const startOwn: Record<Piece, () => Promise<string>> = {
    postgres: () => startPostgres(context, programs.postgres ?? ''),
    rabbitmq: async () => {
      if (!programs.rabbitmq) throw new PlainFailure(nowhereToBeFound(['rabbitmq'], hasApt()));
      const broker = await startRabbitmq(context, programs.rabbitmq);
      control = broker.control;
      return broker.url;
    },
    redis: () => startRedis(context, programs.redis ?? ''),
  };
  const inContainer = async (piece: Piece): Promise<string> => (await containers)[piece] ?? '';
  const obtain = (piece: Piece): Promise<string> => {
    if (choice[piece] === 'environment') return useGiven(piece);
    return choice[piece] === 'docker' ? inContainer(piece) : startOwn[piece]();
  };
  const words: Partial<Record<Source, string>> = { environment: 'given', docker: 'container' };
  const urls = Object.fromEntries(
    PIECES.map((piece) => [
      piece,
      progress.step(NAMES[piece], () => obtain(piece), (url) => `${words[choice[piece]] ?? 'private'}, ${withoutPassword(url)}`),
    ]),
  ) as Record<Piece, Promise<string>>;
  const all = Promise.all([urls.postgres, urls.rabbitmq, urls.redis]).then(
    ([postgresUrl, rabbitmqUrl, redisUrl]): Addresses => ({ postgresUrl, rabbitmqUrl, redisUrl }),
  );
  all.catch(() => undefined);
  return {
    postgresUrl: urls.postgres,
    all,
    control: () => control,
    stop: () => (contained.length > 0 ? stopContainers(projectOf(context)) : Promise.resolve()),
  };
}
