import { type Platform, runningPlatform } from '@orion/access';
import { randomUUID } from 'node:crypto';
import { thingHappened } from '../src/task';
import type { Fault } from './fault';
import { type Count, inWords, isWhole, onGround } from './ground';
import { hostileEvents, hostileMessages } from './hostile-messages';
import { hostileRequests, refusalsOfNothing } from './hostile-requests';
import { highest, inMib, memoryOf, MIB, whileWatching } from './memory';
import { eventAudit, newOrganization } from './organization';
import { figures } from './services';
import { within } from './within';

const NEIGHBOURS = 200;
const COPIES = 8;
/** Above what a program held before; all the hostile bytes together are many times more. */
const MOST_MORE = 320 * MIB;
const SLOWEST_MS = 10_000;
const LETTERS_WITHIN_MS = 90_000;

/** The most each program held above what it held at first. @throws Error where that is too much */
function bounded(seen: Record<string, number[]>): string {
  const more = Object.entries(seen).map(([name, samples]) => ({
    name,
    bytes: highest(samples) - (samples[0] ?? 0),
  }));
  const words = more.map(({ name, bytes }) => `${name} +${inMib(bytes)}`).join(', ');
  if (more.some(({ bytes }) => bytes > MOST_MORE)) throw new Error(`memory grew: ${words} MiB`);
  return `${words} MiB`;
}

/** The platform's own consumer code, with good events among the hostile ones. */
const onOwnGround = (platform: Platform): Promise<string> =>
  onGround(platform, async (ground) => {
    const consumer = await ground.start({ service: 'consumer' });
    const relay = await ground.start({ service: 'producer', produce: NEIGHBOURS / 2 });
    const { seen, result } = await whileWatching(
      () => memoryOf({ consumer: consumer.pid }),
      async () => {
        const hostile = Array.from({ length: COPIES }, () =>
          hostileEvents(thingHappened.type, { thingId: randomUUID() }, ground),
        ).flat();
        await ground.throwIn(hostile);
        const more = await ground.start({ service: 'producer', produce: NEIGHBOURS / 2 });
        const isDone = (it: Count) => isWhole(it) && it.deadLetters === hostile.length;
        const count = await ground.settle(isDone, LETTERS_WITHIN_MS);
        await ground.stop(more);
        if (!isDone(count) || count.things !== NEIGHBOURS)
          throw new Error(`${hostile.length} hostile events: ${inWords(count)}`);
        return count;
      },
      200,
    );
    const answer = ground.next<{ inherited: string[] }>('inherited');
    consumer.send('inherited');
    const { inherited } = await within(answer, 10_000, 'the consumer did not answer');
    if (inherited.length > 0) throw new Error(`every object has ${inherited.join(', ')} now`);
    await Promise.all([ground.stop(relay), ground.stop(consumer)]);
    return `on the ground ${inWords(result)}, ${bounded(seen)}`;
  });

async function onThePlatform(platform: Platform): Promise<string> {
  const { id, token } = await newOrganization(platform, 'hostile');
  const refusedBefore = await refusalsOfNothing(platform, token);
  const { seen, result } = await whileWatching(
    () => figures(platform, 'process_resident_memory_bytes'),
    async () => ({
      requests: await hostileRequests(platform, token),
      messages: await hostileMessages(platform, LETTERS_WITHIN_MS),
    }),
    200,
  );
  const { requests, messages } = result;
  if (requests.slowestMs > SLOWEST_MS)
    throw new Error(`a neighbour waited ${requests.slowestMs} ms for its answer`);
  const refusedAfter = await refusalsOfNothing(platform, token);
  const changed = Object.keys(refusedBefore).filter((name) => refusedBefore[name] !== refusedAfter[name]);
  if (changed.length > 0) throw new Error(`an empty object is read in another way by ${changed.join(', ')}`);
  const { pids } = runningPlatform();
  const exited = Object.keys(platform.serviceUrls).filter((name) => pids[name] !== platform.pids[name]);
  if (exited.length > 0) throw new Error(`${exited.join(', ')} exited`);
  const { faults, events } = await eventAudit(platform, id, 60_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  return `on the platform ${requests.refused} requests refused with 4xx at the gateway and at each service, ${messages.messages} messages became ${messages.letters} dead letters of ${messages.consumers} consumers; ${requests.neighbours} neighbours' requests answered, the slowest in ${requests.slowestMs} ms; ${bounded(seen)}; no service exited, no prototype polluted, ${events} events of a neighbour each taken once`;
}

/** 10 MB, deep nesting and attacks on prototypes, over HTTP and as messages. */
export const fault16: Fault = async (platform) =>
  `${await onOwnGround(platform)}; ${await onThePlatform(platform)}`;
