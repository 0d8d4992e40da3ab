import { type Platform, queryRows } from '@orion/access';
import type { KillPoint, Mutation } from '../src/task';
import { startCommitKeeper } from './commit-eater';
import type { Fault } from './fault';
import { type Count, type Ground, inWords, isWhole, onGround } from './ground';

const POINTS: readonly KillPoint[] = ['producer after state', 'producer after event'];
const ROUNDS = 2;
const IN_A_ROW = 7;

/** Everything a producer writes in one transaction. */
const WRITTEN = `
  SELECT (SELECT count(*)::int FROM thing) AS states, (SELECT count(*)::int FROM platform.outbox) AS events,
         (SELECT count(*)::int FROM platform.aggregate_sequence) AS sequences,
         (SELECT count(*)::int FROM platform.idempotency) AS keys`;

const written = async (ground: Ground): Promise<string> =>
  JSON.stringify((await queryRows(ground.producer.auditUrl, WRITTEN))[0]);

/** Runs what ends with the death of a producer; nothing of the transaction it died in may be left. */
async function leavesNothing(ground: Ground, what: string, dying: () => Promise<void>): Promise<void> {
  const before = await written(ground);
  await dying();
  const after = await written(ground);
  if (after !== before) throw new Error(`killed ${what}, a part is left: ${before} became ${after}`);
}

async function killedInside(ground: Ground, point: KillPoint, keyed: string): Promise<void> {
  const producer = await ground.start({ service: 'producer', keyed, kill: { point, after: 1 } });
  await ground.death(producer);
}

/** All of the transaction has reached PostgreSQL but its COMMIT. */
async function killedAtCommit(ground: Ground, keyed: string): Promise<void> {
  const keeper = await startCommitKeeper(ground.producer.url, () => ground.kill('producer'));
  try {
    keeper.arm();
    const databaseUrl = keeper.through(ground.producer.url);
    await ground.death(await ground.start({ service: 'producer', databaseUrl, keyed }));
  } finally {
    await keeper.close();
  }
}

/** The client repeats its request, with the key of the one that died, at another process. */
async function repeated(ground: Ground, keyed: string): Promise<void> {
  const answer = ground.next<{ answered: { replies: string[] } }>('answered');
  const client = await ground.start({ service: 'producer', keyed });
  const { replies } = (await answer).answered;
  await ground.stop(client);
  if (replies[0] !== replies[1]) throw new Error(`the key answered ${replies.join(', then ')}`);
}

const killedAgainAndAgain = (platform: Platform): Promise<{ kills: number; count: Count }> =>
  onGround(platform, async (ground) => {
    const consumer = await ground.start({ service: 'consumer' });
    const ways = [
      ...POINTS.map((point) => ({
        what: point as string,
        die: (key: string) => killedInside(ground, point, key),
      })),
      { what: 'producer at COMMIT', die: (key: string) => killedAtCommit(ground, key) },
    ];
    let kills = 0;
    for (const { what, die } of ways) {
      for (let round = 0; round < ROUNDS; round++, kills++)
        await leavesNothing(ground, what, () => die(what));
      await repeated(ground, what);
    }
    for (const point of POINTS) {
      const { things } = await ground.count();
      const kill = { point, after: IN_A_ROW };
      await ground.death(await ground.start({ service: 'producer', produce: 2 * IN_A_ROW, kill }));
      kills += 1;
      const now = await ground.count();
      if (now.things !== things + IN_A_ROW - 1)
        throw new Error(`killed at the ${IN_A_ROW}th: ${inWords(now)}`);
    }
    const relay = await ground.start({ service: 'producer' });
    const count = await ground.settle(isWhole, 60_000);
    await Promise.all([ground.stop(relay), ground.stop(consumer)]);
    const wanted = ways.length + POINTS.length * (IN_A_ROW - 1);
    if (count.things !== wanted)
      throw new Error(`${wanted} things were wanted, one for each key: ${inWords(count)}`);
    return { kills, count };
  });

const eventApart = (platform: Platform, mutation: Mutation): Promise<Count> =>
  onGround(platform, async (ground) => {
    const kill = { point: 'producer after event' as const, after: 1 };
    await ground.death(await ground.start({ service: 'producer', keyed: 'apart', kill, mutation }));
    return ground.count();
  });

/** kill -9 after the state was written, after its event was, and before the COMMIT of both. */
export const fault1: Fault = async (platform) => {
  const { kills, count } = await killedAgainAndAgain(platform);
  if (!isWhole(count)) throw new Error(inWords(count));
  const apart = await eventApart(platform, 'event apart');
  if (apart.things === apart.outbox)
    throw new Error(`with the event apart the audit saw nothing: ${inWords(apart)}`);
  return `3 points, ${kills} kills, nothing left of any; repeated with their keys: ${inWords(count)}; the event in a transaction of its own: ${apart.things} states, ${apart.outbox} events, seen`;
};
