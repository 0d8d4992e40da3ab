import { type Platform, queryRows } from '@orion/access';
import type { Mutation } from '../src/task';
import type { Fault } from './fault';
import { type Count, type Ground, inWords, isWhole, onGround } from './ground';
import { assigned, countOf } from './outcome';
import { sequenceFaults } from './sequences';

const OTHERS = 40;
const WRITERS = 16;
const CHANGES = 20;
const THINGS = 2;
const ALL = OTHERS + 1 + THINGS * WRITERS * CHANGES;

interface Seen {
  count: Count;
  faults: string[];
}

/** Whether the row with the lowest id, at the lowest place, was published after all others. */
async function wasLate({ producer }: Ground): Promise<boolean> {
  const [last, ...others] = await queryRows(
    producer.auditUrl,
    'SELECT id::text, position FROM platform.outbox ORDER BY published_at DESC',
  );
  return others.every(
    (it) => String(last?.['id']) < String(it['id']) && Number(last?.['position']) < Number(it['position']),
  );
}

/** A change with the lowest id commits last; then many writers change each thing at once. */
function lateAndTogether(platform: Platform, mutation?: Mutation): Promise<Seen> {
  return onGround(platform, async (ground) => {
    const consumer = await ground.start({ service: 'consumer' });
    const late = await assigned(ground, {
      service: 'producer',
      assignment: { name: 'commit late', others: OTHERS },
      mutation,
    });
    countOf(late);
    const settled = await ground.settle(isWhole, mutation ? 5_000 : 30_000);
    if (mutation) return { count: settled, faults: [] };
    if (!(await wasLate(ground))) throw new Error('the lowest place was not the last to be published');
    await ground.stop(late.child);
    const together = await assigned(ground, {
      service: 'producer',
      assignment: { name: 'write together', writers: WRITERS, changes: CHANGES },
      pool: WRITERS,
    });
    countOf(together);
    const count = await ground.settle((it) => isWhole(it) && it.things === ALL, 60_000);
    await Promise.all([ground.stop(together.child), ground.stop(consumer)]);
    return { count, faults: await sequenceFaults(ground) };
  });
}

/** A lower id that commits late, and 16 writers on one aggregate. */
export const fault13: Fault = async (platform) => {
  const { count, faults } = await lateAndTogether(platform);
  if (!isWhole(count) || count.things !== ALL) throw new Error(inWords(count));
  if (faults.length > 0) throw new Error(faults.join('; '));
  const { count: skipped } = await lateAndTogether(platform, 'cursor relay');
  if (isWhole(skipped)) throw new Error(`with a cursor relay the audit saw nothing: ${inWords(skipped)}`);
  return `lowest id committed after ${OTHERS} others were delivered, then ${WRITERS} writers on each of ${THINGS} things: ${inWords(count)}, sequences without gaps, effects in order; with a cursor relay: ${skipped.waiting} skipped for ever, seen`;
};
