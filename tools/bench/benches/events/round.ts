import { type Passed, WRITERS, type Written } from '../../src/task';
import { delays, peaks, perSecond } from './figures';
import type { Ground } from './ground';
import { floorDelays } from './floor';
import { commits, inboxAndEffect, publishes, stateAndOutbox } from './raw';
import type { Worker } from './worker.process';

/** Unconfirmed messages at a time. */
const WINDOW = 64;
const EVENTS = 10_000;
/** Before anything counts, so that code is compiled and plans are made. */
const WARM_UP = 1_000;
const PACE = { count: 2_000, perSecond: 200 };

/** Rates are per second, delays in milliseconds, memory in MiB. */
export interface Figures {
  rawCommit: number;
  rawPublish: number;
  rawEffect: number;
  commit: number;
  commitPrisma: number;
  publish: number;
  consume: number;
  endToEnd: number;
  memory: { early: number; late: number };
  delays: number[];
  floor: number[];
}

type Say = (text: string) => void;

function inOrder(passed: Passed): Passed {
  if (passed.disorder > 0) throw new Error(`${passed.disorder} effects were out of order or repeated`);
  return passed;
}

/** What the servers give without the platform. */
async function limits(
  ground: Ground,
  say: Say,
): Promise<Pick<Figures, 'rawCommit' | 'rawPublish' | 'rawEffect'>> {
  say('limits');
  const { rawUrl, rabbitmqUrl } = ground;
  for (const it of [stateAndOutbox, inboxAndEffect]) await commits(rawUrl, it, WARM_UP, WRITERS);
  const state = await commits(rawUrl, stateAndOutbox, EVENTS, WRITERS);
  const publish = await publishes(rabbitmqUrl, EVENTS, WINDOW);
  const effect = await commits(rawUrl, inboxAndEffect, EVENTS, WRITERS);
  const [rawCommit, rawPublish, rawEffect] = [state, publish, effect].map((it) => perSecond(EVENTS, it));
  return { rawCommit: rawCommit ?? 0, rawPublish: rawPublish ?? 0, rawEffect: rawEffect ?? 0 };
}

/** The queue exists once its consumer was there. */
async function queueBound(ground: Ground): Promise<void> {
  await (await ground.start('consumer', 'consumer')).stop();
}

async function commitAlone(writer: Worker, by: 'statements' | 'prisma'): Promise<Written> {
  await writer.ask({ do: 'write', count: WARM_UP, writers: WRITERS, by });
  return writer.ask({ do: 'write', count: EVENTS, writers: WRITERS, by });
}

/** The same events through one stage after the other, with the other stages at rest. */
async function stages(
  ground: Ground,
  say: Say,
): Promise<
  Pick<Figures, 'commit' | 'commitPrisma' | 'publish' | 'consume' | 'memory'> & {
    relay: Worker;
    consumer: Worker;
  }
> {
  await queueBound(ground);
  say('commit alone');
  const writer = await ground.start('writer', 'producer', { ORION_ROLE: 'api' });
  const [written, byPrisma] = [await commitAlone(writer, 'statements'), await commitAlone(writer, 'prisma')];
  await writer.stop();
  const waiting = 2 * (WARM_UP + EVENTS);
  say('publish alone');
  const relay = await ground.start('relay', 'producer');
  const published = await relay.ask({ do: 'await', count: waiting });
  say('consume alone');
  const consumer = await ground.start('consumer', 'consumer');
  const consumed = inOrder(await consumer.ask({ do: 'await', count: waiting }));
  return {
    commit: perSecond(EVENTS, written),
    commitPrisma: perSecond(EVENTS, byPrisma),
    publish: perSecond(waiting, published),
    consume: perSecond(waiting, consumed),
    memory: peaks(published),
    relay,
    consumer,
  };
}

/** All stages at once: from the first transaction that begins to the last effect that is committed. */
async function endToEnd(producer: Worker, consumer: Worker): Promise<number> {
  const by = 'statements';
  await producer.ask({ do: 'write', count: WARM_UP, writers: WRITERS, by });
  await consumer.ask({ do: 'await', count: WARM_UP });
  await consumer.ask({ do: 'begin' });
  const { startedAt } = await producer.ask({ do: 'write', count: EVENTS, writers: WRITERS, by });
  const { endedAt } = inOrder(await consumer.ask({ do: 'await', count: EVENTS }));
  return perSecond(EVENTS, { startedAt, endedAt });
}

/** From a producer's commit to the commit of its effect. */
async function pacedDelays(producer: Worker, consumer: Worker): Promise<number[]> {
  await consumer.ask({ do: 'begin' });
  const written = await producer.ask({ do: 'pace', ...PACE });
  const taken = inOrder(await consumer.ask({ do: 'await', count: PACE.count }));
  return delays(written.at, taken.at);
}

export async function measure(ground: Ground, say: Say): Promise<Figures> {
  const raw = await limits(ground, say);
  const { relay, consumer, ...alone } = await stages(ground, say);
  say('end to end');
  await consumer.ask({ do: 'begin' });
  const rate = await endToEnd(relay, consumer);
  say(`delay at ${PACE.perSecond} events a second`);
  const paced = await pacedDelays(relay, consumer);
  await Promise.all([relay.stop(), consumer.stop()]);
  const addresses = { rabbitmqUrl: ground.rabbitmqUrl, postgresUrl: ground.rawUrl };
  const floor = await floorDelays(addresses, PACE.count, PACE.perSecond);
  const figures = { ...raw, ...alone, endToEnd: rate, delays: paced, floor };
  say(summary(figures));
  return figures;
}

function summary(figures: Figures): string {
  const { memory: _memory, delays: _delays, floor: _floor, ...rates } = figures;
  return Object.entries(rates)
    .map(([name, value]) => `${name} ${Math.round(value)}/s`)
    .join(', ');
}
