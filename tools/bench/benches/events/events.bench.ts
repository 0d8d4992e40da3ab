import type { Bench } from '../../bench';
import { latency, rate, type Row } from '../../row';
import { middle, percentile } from './figures';
import { Ground } from './ground';
import { type Figures, measure } from './round';

const ROUNDS = 3;
const MOST_DELAY_MS = 60;

interface Pair {
  value: number;
  limit: number;
}

const ratioOf = ({ value, limit }: Pair): number => value / limit;

/** What one round says about each row. */
const RATES: Record<string, (it: Figures) => Pair> = {
  'end-to-end': (it) => ({ value: it.endToEnd, limit: Math.min(it.rawCommit, it.rawPublish) }),
  commit: (it) => ({ value: it.commit, limit: it.rawCommit }),
  'commit-prisma': (it) => ({ value: it.commitPrisma, limit: it.rawCommit }),
  publish: (it) => ({ value: it.publish, limit: it.rawPublish }),
  consume: (it) => ({ value: it.consume, limit: it.rawEffect }),
};

const inWords = (pairs: readonly Pair[]): string => pairs.map((it) => ratioOf(it).toFixed(3)).join(' ');

function rowsOf(rounds: readonly Figures[], say: (text: string) => void): Row[] {
  const rates = Object.entries(RATES).map(([name, pairOf]) => {
    const pairs = rounds.map(pairOf);
    say(`events.${name}: ratios of the rounds ${inWords(pairs)}`);
    return rate({ name: `events.${name}`, unit: '1/s', ...middle(pairs, ratioOf) });
  });
  const delay = (name: string, part: number, of: (it: Figures) => number[]) => {
    const values = rounds.map((it) => percentile(of(it), part));
    say(`events.${name}: ms of the rounds ${values.map((it) => it.toFixed(1)).join(' ')}`);
    return latency({
      name: `events.${name}`,
      unit: 'ms',
      limit: MOST_DELAY_MS,
      value: middle(values, (it) => -it),
    });
  };
  const { early, late } = middle(
    rounds.map((it) => it.memory),
    (it) => it.early / it.late,
  );
  return [
    ...rates,
    latency({ name: 'events.drain-memory', unit: 'MiB', value: late, limit: early }),
    delay('latency-p50', 0.5, (it) => it.delays),
    delay('latency-p99', 0.99, (it) => it.delays),
    delay('latency-floor-p50', 0.5, (it) => it.floor),
    delay('latency-floor-p99', 0.99, (it) => it.floor),
  ];
}

/**
 * Events from one service's transaction to another's, by the platform's own code in processes of their own, beside
 * what the same servers give without it. Limits and stages alternate, so that a busy machine slows both; a row shows
 * the round in the middle.
 */
export const events: Bench = {
  builds: ['bench'],
  async run(addresses, say) {
    const ground = await Ground.of(addresses);
    try {
      const rounds: Figures[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        rounds.push(await measure(ground, (text) => say(`round ${round} of ${ROUNDS}: ${text}`)));
      }
      return rowsOf(rounds, say);
    } finally {
      await ground.clear();
    }
  },
};
