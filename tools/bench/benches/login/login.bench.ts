import type { Bench } from '../../bench';
import { latency, type Row, rate } from '../../row';
import { median } from '../shared/rounds';
import { type Figures, Stages } from './measure';
import { APPS, Platform } from './platform';

const ROUNDS = 5;
/** How much longer an unrelated read may take while everybody signs in. */
const MOST_TIMES_IDLE = 3;

const inWords = ({ raw, signIns, idle, loaded, cpu }: Figures): string =>
  `${signIns.toFixed(1)} of ${raw.toFixed(1)} /s, reads ${idle.toFixed(1)} ms at rest, ` +
  `${loaded.toFixed(1)} ms beside sign-ins; a sign-in takes ${cpu}`;

function rowsOf(rounds: readonly Figures[]): Row[] {
  const middle = (of: (it: Figures) => number): number => median(rounds.map(of));
  const [value, limit] = [middle((it) => it.signIns), middle((it) => it.raw)];
  return [
    rate({ name: 'login.throughput', value, limit, unit: '1/s' }),
    latency({
      name: 'login.get-p95',
      value: middle((it) => it.loaded),
      limit: MOST_TIMES_IDLE * middle((it) => it.idle),
      unit: 'ms',
    }),
  ];
}

/**
 * Sign-ins with a right password through gateway and auth as they are deployed, beside bare argon2id verifies of the
 * same hash by as many threads; and what an unrelated read takes meanwhile, beside what it takes at rest.
 */
export const login: Bench = {
  builds: APPS,
  async run(ground, say) {
    const platform = await Platform.start(ground);
    try {
      const stages = await Stages.prepare(platform, ground);
      const rounds: Figures[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const figures = await stages.round(round);
        rounds.push(figures);
        say(`login: round ${round + 1} of ${ROUNDS}: ${inWords(figures)}`);
      }
      return rowsOf(rounds);
    } finally {
      await platform.stop();
    }
  },
};
