import { type Platform, queryRows } from '@orion/access';
import { names } from '@orion/messaging';
import { leaveBacklog } from './backlog';
import { waitingIn } from './exchange';
import type { Fault } from './fault';
import { type Ground, inWords, isWhole, onGround } from './ground';
import { growth, highest, inMib, memoryOf, MIB, whileWatching } from './memory';
import { sequenceFaults } from './sequences';
import { untilEnough } from './within';

const THINGS = 1_000;
const CHANGES = 100;
const ALL = THINGS * CHANGES;
/** So far behind the slow consumer has to be when all is published. */
const BEHIND = 0.95 * ALL;
const SLOW_MS = 500;
/** Without one more event for so long, something hangs. */
const PATIENCE_MS = 30_000;
/** All of the backlog would be about 100 MiB on the wire, and more in a process. */
const MOST_GROWTH = 48 * MIB;
const MOST = 384 * MIB;

const one = async (url: string, text: string): Promise<number> =>
  Number((await queryRows(url, text))[0]?.['n']);

const sent = ({ producer }: Ground): Promise<number> =>
  one(producer.auditUrl, 'SELECT count(*) AS n FROM platform.outbox WHERE published_at IS NOT NULL');

const taken = ({ consumer }: Ground): Promise<number> =>
  one(consumer.auditUrl, 'SELECT count(*) AS n FROM platform.inbox');

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round((performance.now() - started) / 1000);
}

/** @throws Error where a process held more and more, or too much */
function flat(name: string, samples: readonly number[] = []): string {
  const words = `${name} ${inMib(samples[0] ?? 0)}→${inMib(highest(samples))} MiB`;
  if (samples.length < 8) throw new Error(`${name} was looked at ${samples.length} times only`);
  if (growth(samples) > MOST_GROWTH || highest(samples) > MOST)
    throw new Error(`${words}, growth ${inMib(growth(samples))} MiB`);
  return words;
}

/** A slow consumer falls 100,000 events behind; a quick one takes its place. */
export const fault17: Fault = (platform: Platform) =>
  onGround(platform, async (ground) => {
    const queue = names(ground.namespace).consumerQueue('consumer.effects');
    const slow = await ground.start({ service: 'consumer', slowMs: SLOW_MS });
    await leaveBacklog(ground.producer, ground.organizationId, { things: THINGS, changes: CHANGES });
    const relay = await ground.start({ service: 'producer' });
    const filled = await whileWatching(
      () => memoryOf({ relay: relay.pid, 'slow consumer': slow.pid }),
      () => timed(() => untilEnough(() => sent(ground), ALL, PATIENCE_MS, 'published')),
    );
    const behind = await waitingIn(platform.rabbitmqUrl, queue);
    if (behind < BEHIND) throw new Error(`only ${behind} behind`);
    await ground.stop(slow);

    const quick = await ground.start({ service: 'consumer' });
    const drained = await whileWatching(
      () => memoryOf({ consumer: quick.pid, broker: platform.pids['rabbitmq'] }),
      () => timed(() => untilEnough(() => taken(ground), ALL, PATIENCE_MS, 'taken')),
    );
    const count = await ground.settle(isWhole, 10_000);
    await Promise.all([ground.stop(relay), ground.stop(quick)]);
    if (!isWhole(count) || count.outbox !== ALL || count.deadLetters > 0) throw new Error(inWords(count));
    const faults = await sequenceFaults(ground);
    if (faults.length > 0) throw new Error(faults.join('; '));
    const held = [
      flat('relay', filled.seen['relay']),
      flat('slow consumer', filled.seen['slow consumer']),
      flat('consumer', drained.seen['consumer']),
    ];
    return `${ALL} published in ${filled.result} s, ${behind} behind, drained in ${drained.result} s in order of each of ${THINGS} things; ${held.join(', ')}, broker at most ${inMib(highest(drained.seen['broker'] ?? []))} MiB: ${inWords(count)}`;
  });
