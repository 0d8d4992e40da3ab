import { type Platform, queryRows } from '@orion/access';
import { names } from '@orion/messaging';
import type { ChildProcess } from 'node:child_process';
import type { Mutation } from '../src/task';
import { atBroker, untilEmpty, waitingIn } from './exchange';
import type { Fault } from './fault';
import { type Count, type Ground, inWords, isWhole, onGround } from './ground';
import { until } from './within';

/** More than two pages of a refill. */
const THINGS = 2_500;
const MORE = 200;
const NOTICED_MS = 15_000;

const REFILLS = `
  SELECT coalesce(sum(sent), 0)::int AS sent, count(*) FILTER (WHERE done_at IS NULL)::int AS open
    FROM platform.refill`;

interface Told {
  readiness: { troubles: string; at: number };
}

const isTold = (message: unknown): message is Told =>
  typeof message === 'object' && message !== null && 'readiness' in message;

/** All there is to come has come: without a refill some never does. */
async function outcome(platform: Platform, ground: Ground): Promise<Count> {
  const count = await ground.settle(isWhole, 5_000);
  if (isWhole(count)) return count;
  await untilEmpty(platform.rabbitmqUrl, names(ground.namespace).consumerQueue('consumer.effects'), 90_000);
  return ground.settle(isWhole, 5_000);
}

const lose = (platform: Platform, ground: Ground): Promise<unknown> =>
  atBroker(platform.rabbitmqUrl, (channel) =>
    channel.deleteQueue(names(ground.namespace).consumerQueue('consumer.effects')),
  );

/** All of it published, by a relay of its own, which answers questions afterwards. */
async function published(ground: Ground, things: number): Promise<ChildProcess> {
  const relay = await ground.start({ service: 'producer', produce: things });
  const { waiting } = await ground.settle((it) => it.waiting === 0, 60_000);
  if (waiting > 0) throw new Error(`${waiting} events were not published`);
  return relay;
}

/** Waits until nothing is owed any more, unless nobody is to work it off. */
async function filled({ consumer }: Ground, mutation?: Mutation): Promise<{ sent: number; open: number }> {
  const read = async () =>
    (await queryRows(consumer.auditUrl, REFILLS))[0] as unknown as { sent: number; open: number };
  return until(
    read,
    ({ open }) => open === 0 || mutation !== undefined,
    60_000,
    ({ sent }) => `the refill is not done, ${sent} sent`,
  );
}

interface Refilled {
  count: Count;
  sent: number;
}

/** Lost with all that was in it while nobody consumes, and more published before the consumer returns. */
const whileStopped = (platform: Platform, mutation?: Mutation): Promise<Refilled> =>
  onGround(platform, async (ground) => {
    await ground.stop(await ground.start({ service: 'consumer', mutation }));
    await ground.stop(await published(ground, THINGS));
    const queue = names(ground.namespace).consumerQueue('consumer.effects');
    const held = await waitingIn(platform.rabbitmqUrl, queue);
    if (held !== THINGS) throw new Error(`${held} of ${THINGS} events were in the queue that was to be lost`);
    await lose(platform, ground);
    const relay = await published(ground, MORE);
    if (!mutation) {
      const point = 'consumer between a page of a refill and its mark';
      await ground.death(await ground.start({ service: 'consumer', kill: { point, after: 2 } }));
    }
    const consumer = await ground.start({ service: 'consumer', mutation });
    const { sent } = await filled(ground, mutation);
    const count = await outcome(platform, ground);
    await Promise.all([ground.stop(relay), ground.stop(consumer)]);
    return { count, sent };
  });

interface Noticed extends Refilled {
  /** Milliseconds until readiness was red, and until it was green again. */
  redMs: number;
  greenMs: number;
}

/** Lost while events flow and the consumer is behind. */
const whileRunning = (platform: Platform, mutation?: Mutation): Promise<Noticed> =>
  onGround(platform, async (ground) => {
    const consumer = await ground.start({ service: 'consumer', slowMs: 40, mutation });
    const told: Told['readiness'][] = [];
    consumer.on('message', (message) => isTold(message) && told.push(message.readiness));
    const producer = await ground.start({ service: 'producer', flow: { lanes: 4, everyMs: 5 } });
    await ground.settle((it) => it.effects >= MORE, 30_000);
    const lost = Date.now();
    await lose(platform, ground);
    const isBack = (all: Told['readiness'][]) =>
      all.some((it) => it.troubles !== '') && all.at(-1)?.troubles === '';
    const seen = await until(
      () => Promise.resolve(told),
      isBack,
      NOTICED_MS,
      () => `readiness told ${JSON.stringify(told)}`,
    );
    const [redMs, greenMs] = [seen[0], seen.at(-1)].map((it) => (it?.at ?? 0) - lost) as [number, number];
    await ground.stop(producer);
    const relay = await ground.start({ service: 'producer' });
    const { sent } = await filled(ground, mutation);
    const count = await outcome(platform, ground);
    await Promise.all([ground.stop(relay), ground.stop(consumer)]);
    return { count, sent, redMs, greenMs };
  });

/** A queue is deleted: it is made again, and the outbox fills it. */
export const fault8: Fault = async (platform) => {
  const stopped = await whileStopped(platform);
  if (!isWhole(stopped.count) || stopped.count.things !== THINGS + MORE || stopped.count.deadLetters > 0)
    throw new Error(`lost while nobody consumed: ${inWords(stopped.count)}`);
  const running = await whileRunning(platform);
  if (!isWhole(running.count) || running.count.deadLetters > 0)
    throw new Error(`lost while it was consumed: ${inWords(running.count)}`);
  const missed = [
    (await whileStopped(platform, 'no refill')).count,
    (await whileRunning(platform, 'no refill')).count,
  ];
  for (const count of missed)
    if (isWhole(count)) throw new Error(`without the refill the audit saw nothing: ${inWords(count)}`);
  const words = missed.map((it) => `${it.distinctEffects} of ${it.outbox}`).join(' and ');
  return `lost while stopped, with a kill in mid-refill: ${stopped.sent} sent again, ${inWords(stopped.count)}; lost while running: red after ${running.redMs} ms, green after ${running.greenMs} ms, ${running.sent} sent again, ${inWords(running.count)}; without the refill: ${words}, seen`;
};
