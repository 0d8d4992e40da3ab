import type { Platform } from '@orion/access';
import type { KillPoint, Mutation } from '../src/task';
import type { Fault } from './fault';
import { type Count, inWords, isWhole, onGround } from './ground';

const POINTS: readonly KillPoint[] = [
  'relay before publish',
  'relay before confirm',
  'relay between confirm and mark',
];
const THINGS_EACH = 100;

/** A relay is killed at each point, again and again, and a whole one follows. */
function relayKilled(platform: Platform, mutation?: Mutation): Promise<Count> {
  return onGround(platform, async (ground) => {
    const consumer = await ground.start({ service: 'consumer', mutation });
    for (const point of POINTS) {
      for (const after of [1, 3]) {
        const relay = await ground.start({
          service: 'producer',
          produce: THINGS_EACH / 2,
          kill: { point, after },
          mutation,
        });
        await ground.death(relay);
      }
    }
    const relay = await ground.start({ service: 'producer', mutation });
    const count = await ground.settle(isWhole, mutation ? 12_000 : 60_000);
    await Promise.all([ground.stop(relay), ground.stop(consumer)]);
    return count;
  });
}

/** kill -9 of the relay before publish, before confirm, between confirm and mark. */
export const fault2: Fault = async (platform) => {
  const count = await relayKilled(platform);
  if (!isWhole(count) || count.things === 0) throw new Error(inWords(count));
  const mutated = await relayKilled(platform, 'no inbox');
  if (isWhole(mutated)) throw new Error(`without the inbox the audit saw nothing: ${inWords(mutated)}`);
  return `${POINTS.length} points, 6 kills: ${inWords(count)}; without the inbox: ${mutated.effects} effects of ${mutated.distinctEffects} events, seen`;
};
