import type { Platform } from '@orion/access';
import type { KillPoint, Mutation } from '../src/task';
import type { Fault } from './fault';
import { type Count, inWords, isWhole, onGround } from './ground';

const POINTS: readonly KillPoint[] = ['consumer before commit', 'consumer between commit and ack'];
const AFTER = [1, 7, 19];
/** For each kill, so that its point is reached even where all before was acknowledged without an effect. */
const THINGS_EACH = 50;

/** A consumer is killed at each point, again and again, and a whole one follows. */
function consumerKilled(
  platform: Platform,
  points: readonly KillPoint[],
  mutation?: Mutation,
): Promise<Count> {
  return onGround(platform, async (ground) => {
    // The queue has to be there before the first event.
    await ground.stop(await ground.start({ service: 'consumer' }));
    for (const point of points) {
      for (const after of AFTER) {
        const relay = await ground.start({ service: 'producer', produce: THINGS_EACH });
        await ground.settle((it) => it.waiting === 0, 30_000);
        await ground.stop(relay);
        const consumer = await ground.start({ service: 'consumer', kill: { point, after }, mutation });
        await ground.death(consumer);
      }
    }
    const consumer = await ground.start({ service: 'consumer', mutation });
    const count = await ground.settle(isWhole, mutation ? 12_000 : 60_000);
    await ground.stop(consumer);
    return count;
  });
}

/** kill -9 of a consumer before commit, and between commit and ack. */
export const fault3: Fault = async (platform) => {
  const count = await consumerKilled(platform, POINTS);
  if (!isWhole(count) || count.things !== POINTS.length * AFTER.length * THINGS_EACH)
    throw new Error(inWords(count));
  const forgetful = await consumerKilled(platform, ['consumer between commit and ack'], 'no inbox');
  if (isWhole(forgetful)) throw new Error(`without the inbox the audit saw nothing: ${inWords(forgetful)}`);
  const hasty = await consumerKilled(platform, ['consumer before commit'], 'ack before commit');
  if (isWhole(hasty)) throw new Error(`with ack before commit the audit saw nothing: ${inWords(hasty)}`);
  return `6 kills: ${inWords(count)}; without the inbox: ${forgetful.effects} effects of ${forgetful.distinctEffects}, seen; ack before commit: ${hasty.distinctEffects} of ${hasty.things}, seen`;
};
