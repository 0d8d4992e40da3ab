import type { Platform } from '@orion/access';
import type { Task } from '../src/task';
import type { Fault } from './fault';
import { type Count, type Ground, inWords, isWhole, onGround } from './ground';
import { startMuteWire } from './mute-wire';

const LIMIT_MS = 30_000;
/** How long processes without heartbeats are watched: clearly longer than the limit. */
const HOPELESS_MS = LIMIT_MS + 5_000;
/** Nobody can have noticed sooner: the silence did not reach the connections in use. */
const SOONEST_MS = 3_000;
const SETTLE_MS = 60_000;
const FLOW = { lanes: 3, everyMs: 300 };
/** Handlers are slow enough that transactions are open, and hold locks, when the silence falls. */
const SLOW_MS = 200;

type Server = 'PostgreSQL' | 'RabbitMQ';
type Through = (url: string) => string;

interface Outcome {
  /** Milliseconds until events took effect again; undefined where they did not. */
  backMs: number | undefined;
  count: Count;
}

/** The addresses of one process, those of `server` by way of a wire. */
function rewired(server: Server, ground: Ground, service: Task['service'], through: Through): Partial<Task> {
  const { url, workerUrl } = ground[service];
  return server === 'RabbitMQ'
    ? { rabbitmqUrl: through(ground.platform.rabbitmqUrl) }
    : { databaseUrl: through(url), workerDatabaseUrl: through(workerUrl) };
}

/** Milliseconds until a thing that was made in the silence has taken its effect; undefined where none does in time. */
async function backAgain(ground: Ground, silence: () => void, withinMs: number): Promise<number | undefined> {
  silence();
  const began = performance.now();
  const { things } = await ground.count();
  const isBack = ({ effects }: Count) => effects > things + FLOW.lanes;
  const count = await ground.settle(isBack, withinMs);
  const tookMs = performance.now() - began;
  if (!isBack(count)) return undefined;
  if (tookMs < SOONEST_MS) throw new Error('the silent connections were not in use');
  return tookMs;
}

/** Producer and consumer work, each by way of a wire of its own, and both wires fall silent. */
const silenced = (
  platform: Platform,
  server: Server,
  { withinMs, change = (url) => url }: { withinMs: number; change?: Through },
): Promise<Outcome> =>
  onGround(platform, async (ground) => {
    const target = server === 'RabbitMQ' ? platform.rabbitmqUrl : ground.producer.url;
    const wires = [await startMuteWire(target), await startMuteWire(target)] as const;
    const through = (wire: (typeof wires)[0]) => (url: string) => change(wire.through(url));
    try {
      const consumer = await ground.start({
        service: 'consumer',
        slowMs: SLOW_MS,
        ...rewired(server, ground, 'consumer', through(wires[0])),
      });
      const producer = await ground.start({
        service: 'producer',
        flow: FLOW,
        ...rewired(server, ground, 'producer', through(wires[1])),
      });
      await ground.settle((it) => it.effects > 20, SETTLE_MS);
      const silence = () => {
        for (const wire of wires) wire.mute();
      };
      const backMs = await backAgain(ground, silence, withinMs);
      if (backMs === undefined) return { backMs, count: await ground.count() };
      await ground.stop(producer);
      const relay = await ground.start({ service: 'producer' });
      const count = await ground.settle(isWhole, SETTLE_MS);
      await Promise.all([ground.stop(relay), ground.stop(consumer)]);
      return { backMs, count };
    } finally {
      for (const wire of wires) await wire.close();
    }
  });

const withoutHeartbeat: Through = (url) => {
  const address = new URL(url);
  address.searchParams.set('heartbeat', '0');
  return address.toString();
};

function judged(server: Server, { backMs, count }: Outcome): string {
  if (backMs === undefined) throw new Error(`${server}: silence was not noticed within ${LIMIT_MS / 1000} s`);
  if (!isWhole(count) || count.deadLetters > 0) throw new Error(`${server}: ${inWords(count)}`);
  return `${server} after ${(backMs / 1000).toFixed(1)} s (${inWords(count)})`;
}

/** Half-open connections to PostgreSQL and to RabbitMQ: bytes vanish, nobody is told. */
export const fault11: Fault = async (platform) => {
  const [database, broker, deaf] = await Promise.all([
    silenced(platform, 'PostgreSQL', { withinMs: LIMIT_MS }),
    silenced(platform, 'RabbitMQ', { withinMs: LIMIT_MS }),
    silenced(platform, 'RabbitMQ', { withinMs: HOPELESS_MS, change: withoutHeartbeat }),
  ]);
  if (deaf.backMs !== undefined)
    throw new Error(`without heartbeats, silence was noticed after ${deaf.backMs} ms all the same`);
  return `at work again: ${judged('PostgreSQL', database)}, ${judged('RabbitMQ', broker)}; without heartbeats not within ${HOPELESS_MS / 1000} s, seen`;
};
