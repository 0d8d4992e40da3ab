import { type Funnel } from '@orion/contracts';
import { id } from './ids';

const NAMES = [
  'Nadia Benali',
  'Tom Weber',
  'Julie Caron',
  'Aleks Nowak',
  'Sam Okoro',
  'Rita Bruno',
  'Leo Petit',
  'Mina Sato',
  'Hugo Blanc',
  'Eva Roux',
];
const FAILED = [
  ['SKILLS', 'lacks heating'],
  ['SKILLS', 'lacks heating'],
  ['SKILLS', 'lacks heating, electrics'],
  ['SHIFT', 'works 13:00–21:00 that day'],
  ['FREE', 'booked 08:00–09:30 for SO-00017'],
  ['TRAVEL', 'arrives 08:41, 26 min too late, from SO-00012'],
] as const;

export const technicianId = (at: number): string => id(300 + at);
export const technicianName = (at: number): string => NAMES[at] ?? 'Somebody';

/** Ten candidates, four of whom can take the job. */
export const aFunnel = (): Funnel => ({
  considered: 10,
  passed: [
    { rule: 'ACTIVE', left: 10 },
    { rule: 'SKILLS', left: 7 },
    { rule: 'WORKING_DAY', left: 7 },
    { rule: 'SHIFT', left: 6 },
    { rule: 'FREE', left: 5 },
    { rule: 'TRAVEL', left: 4 },
  ],
  chosen: technicianId(0),
  candidates: NAMES.map((name, at) => {
    const failure = FAILED[at - 4];
    return {
      technicianId: technicianId(at),
      name,
      rank: failure ? null : at + 1,
      failed: failure ? { rule: failure[0], reason: failure[1] } : null,
      score: failure
        ? null
        : {
            total: 0.91 - at * 0.11,
            distance: 0.95 - at * 0.2,
            load: 0.8,
            fairness: 0.97 - at * 0.05,
            fit: 1 - at * 0.1,
            detourKm: 2.4 + at * 6.3,
          },
    };
  }),
});
