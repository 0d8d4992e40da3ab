import { type Platform, runningPlatform } from '@orion/access';
import type { Mutation } from '../src/task';
import { Broker } from './broker';
import { closeAllConnections, median } from './closed-connections';
import type { Fault } from './fault';
import { type Count, type Ground, inWords, isWhole, onGround } from './ground';
import { eventAudit, newOrganization } from './organization';
import { startLoad } from './steady-load';

const ROUNDS = 100;
const AT_A_TIME = 20;
const LIMIT_MS = 5_000;
const SERVICES = ['gateway', 'auth', 'user', 'scheduling', 'notification'];
/** Slow enough that handlers are at work whenever a connection is closed. */
const SLOW_MS = 30;
const FLOW = { lanes: 2, everyMs: 150 };

/** Lets events flow until `closing` is over, and counts once all is quiet. */
async function flowing(ground: Ground, closing: Promise<unknown>, mutation?: Mutation): Promise<Count> {
  const consumer = await ground.start({ service: 'consumer', slowMs: SLOW_MS, mutation });
  const producer = await ground.start({ service: 'producer', flow: FLOW });
  await closing;
  await ground.stop(producer);
  const relay = await ground.start({ service: 'producer' });
  const count = await ground.settle(isWhole, mutation ? 5_000 : 60_000);
  await Promise.all([ground.stop(relay), ground.stop(consumer)]);
  return count;
}

async function closedAgainAndAgain(broker: Broker): Promise<{ consumers: number; backMs: number[] }> {
  const backMs: number[] = [];
  let consumers = 0;
  while (backMs.length < ROUNDS) {
    const some = await closeAllConnections(broker, AT_A_TIME);
    backMs.push(...some.backMs);
    consumers = some.consumers;
    process.stderr.write(`fault 7: ${backMs.length} of ${ROUNDS} rounds\n`);
  }
  return { consumers, backMs };
}

interface Outcome {
  consumers: number;
  backMs: number[];
  whole: Count;
  forgetful: Count;
}

const closed = (platform: Platform, broker: Broker): Promise<Outcome> =>
  onGround(platform, (ground) =>
    onGround(platform, async (second) => {
      const done = Promise.withResolvers<void>();
      const flows = Promise.all([flowing(ground, done.promise), flowing(second, done.promise, 'no inbox')]);
      flows.catch(() => undefined);
      await Promise.all([ground, second].map((it) => it.settle((count) => count.effects > 0, 60_000)));
      try {
        const rounds = await closedAgainAndAgain(broker);
        done.resolve();
        const [whole, forgetful] = await flows;
        return { ...rounds, whole, forgetful };
      } finally {
        done.resolve();
      }
    }),
  );

/** All connections of the broker are closed, a hundred times, under load. */
export const fault7: Fault = async (platform) => {
  const broker = Broker.of(platform);
  const organization = await newOrganization(platform, 'connections');
  const before = SERVICES.map((name) => runningPlatform().pids[name]);
  const load = startLoad(organization, 'fault-7');
  const { consumers, backMs, whole, forgetful } = await closed(platform, broker).finally(() => load.end());
  const slowest = Math.max(...backMs);
  if (slowest > LIMIT_MS) throw new Error(`the consumers were away for ${slowest} ms`);
  if (!isWhole(whole) || whole.deadLetters > 0) throw new Error(inWords(whole));
  if (isWhole(forgetful)) throw new Error(`without the inbox the audit saw nothing: ${inWords(forgetful)}`);
  const keys = await load.end();
  const { faults, events } = await eventAudit(platform, organization.id, 120_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  const { pids } = runningPlatform();
  const exited = SERVICES.filter((name, index) => pids[name] !== before[index]);
  if (exited.length > 0) throw new Error(`${exited.join(', ')} exited`);
  return `${backMs.length} times, ${consumers} consumers back after ${median(backMs)} ms (median), ${slowest} ms (slowest): ${inWords(whole)}; services: ${keys.size} customers, ${events} events, none exited; without the inbox: ${forgetful.effects} effects of ${forgetful.distinctEffects}, seen`;
};
