import type { Platform } from '@orion/access';
import { queryRows } from '@orion/access';
import { EventEnvelope, routingKey } from '@orion/contracts';
import { names } from '@orion/messaging';
import type { Mutation } from '../src/task';
import { untilEmpty } from './exchange';
import type { Fault } from './fault';
import { type Count, type Ground, inWords, isWhole, onGround } from './ground';
import { FORGETTABLE, letPass } from './in-the-past';
import { repeatedRequest } from './repeated-request';
import { assigned, countOf } from './outcome';
import { until } from './within';

const TIMES = 100;
const DAY_MS = 86_400_000;
/** Days after the first delivery; the last one lies beyond what the inbox remembers. */
const AGAIN = [7, 28] as const;
const TOO_LATE = 31;

const eventOf = async (ground: Ground): Promise<EventEnvelope> => {
  const [row] = await queryRows(
    ground.producer.auditUrl,
    'SELECT envelope, sequence::int FROM platform.outbox',
  );
  return EventEnvelope.parse({ ...JSON.parse(String(row?.['envelope'])), sequence: row?.['sequence'] });
};

const inDays = (event: EventEnvelope, days: number): EventEnvelope => ({
  ...event,
  time: new Date(Date.parse(event.time) - days * DAY_MS).toISOString(),
});

/** The same message so often at once; answers when the consumer has seen every copy and has ended. */
async function deliver(ground: Ground, event: EventEnvelope, mutation?: Mutation): Promise<Count> {
  const body = Buffer.from(JSON.stringify(event));
  await ground.throwIn(Array.from({ length: TIMES }, () => ({ key: routingKey(event.type), body })));
  const consumer = await ground.start({ service: 'consumer', mutation });
  const { rabbitmqUrl } = ground.platform;
  await untilEmpty(rabbitmqUrl, names(ground.namespace).consumerQueue('consumer.effects'), 30_000);
  // What it had taken but not finished goes back when it ends.
  await ground.stop(consumer);
  const last = await ground.start({ service: 'consumer', mutation });
  await untilEmpty(rabbitmqUrl, names(ground.namespace).consumerQueue('consumer.effects'), 30_000);
  await untilEmpty(rabbitmqUrl, names(ground.namespace).deadLetterQueue('consumer'), 30_000);
  await ground.stop(last);
  return ground.count();
}

/** Lets days go by, and housekeeping do what is due after them. */
async function pass(ground: Ground, days: number): Promise<void> {
  for (const service of ['producer', 'consumer'] as const) {
    await letPass(ground.platform, ground[service], days);
    const child = await ground.start({ service });
    await until(
      () =>
        queryRows(ground[service].auditUrl, 'SELECT FROM platform.inbox WHERE consumer = $1', [FORGETTABLE]),
      (rows) => rows.length === 0,
      30_000,
      () => `housekeeping of the ${service} did not come`,
    );
    await ground.stop(child);
  }
}

/** One event, handed over and delivered a hundred times each. */
async function atOnce(ground: Ground, mutation?: Mutation): Promise<{ event: EventEnvelope; count: Count }> {
  await ground.stop(await ground.start({ service: 'consumer' }));
  const relay = await ground.start({ service: 'producer', produce: 1 });
  await ground.settle((it) => it.waiting === 0, 30_000);
  await ground.stop(relay);
  const event = await eventOf(ground);
  const repeated = await assigned(ground, {
    service: 'consumer',
    assignment: { name: 'repeat', event, times: TIMES },
    pool: 16,
    mutation,
  });
  countOf(repeated);
  await ground.stop(repeated.child);
  return { event, count: await deliver(ground, event, mutation) };
}

const remembered = (platform: Platform): Promise<string> =>
  onGround(platform, async (ground) => {
    const { event, count } = await atOnce(ground);
    if (!isWhole(count) || count.things !== 1) throw new Error(inWords(count));
    let passed = 0;
    for (const days of AGAIN) {
      await pass(ground, days - passed);
      passed = days;
      const again = await deliver(ground, inDays(event, days));
      if (again.outbox !== 0) throw new Error(`the outbox still has its row after ${days} days`);
      if (again.effects !== 1 || again.inbox !== 1 || again.deadLetters !== 0)
        throw new Error(`after ${days} days: ${inWords(again)}`);
    }
    await pass(ground, TOO_LATE - passed);
    const forgotten = await ground.count();
    const late = await deliver(ground, inDays(event, TOO_LATE));
    if (forgotten.inbox !== 0) throw new Error(`the inbox has its row after ${TOO_LATE} days`);
    if (late.effects !== 1 || late.inbox !== 0 || late.deadLetters !== 1)
      throw new Error(`after ${TOO_LATE} days: ${inWords(late)}`);
    const [letter] = await queryRows(ground.consumer.auditUrl, 'SELECT reason FROM platform.dead_letter');
    if (letter?.['reason'] !== 'expired') throw new Error(`the dead letter is ${String(letter?.['reason'])}`);
    return `${2 * TIMES} times at once: ${inWords(count)}; ${TIMES} times after ${AGAIN.join(' and ')} days: still 1 effect; after ${TOO_LATE} days, with the inbox's memory gone: expired, 1 dead letter, still 1 effect`;
  });

/** The same message 100 times at once, and again after 7 days; the same keyed request 100 times at once. */
export const fault14: Fault = async (platform) => {
  const words = await remembered(platform);
  const forgetful = await onGround(platform, (ground) => atOnce(ground, 'no inbox'));
  if (isWhole(forgetful.count))
    throw new Error(`without the inbox the audit saw nothing: ${inWords(forgetful.count)}`);
  const requests = await repeatedRequest(platform, TIMES);
  return `${words}; without the inbox: ${forgetful.count.effects} effects of ${forgetful.count.distinctEffects} event, seen; ${requests}`;
};
