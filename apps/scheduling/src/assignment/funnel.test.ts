import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayGrid, MINUTE } from '../calendar/grid';
import type { Stop } from '../calendar/technician-day';
import { straightLine } from '../calendar/travel';
import { chosen, preferring, rankedFor, refusalCode } from './choice';
import { type Candidate, type FunnelInput, runFunnel } from './funnel';
import { detourKm, loadOf, scoreOf, waitMinutes, WEIGHTS } from './score';

const grid = dayGrid('2026-11-23', 'Europe/Paris');
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+01:00`);
const travel = straightLine({ travelSpeedKmh: 60, detourFactor: 1 });
const place = (km: number) => ({ latitude: 45 + km / 111.1951, longitude: 5 });
const stop = (from: string, to: string, km: number, held = false): Stop => ({
  startsAt: at(from),
  endsAt: at(to),
  place: place(km),
  held,
});
const spans = [{ from: at('08:00'), to: at('17:00') }];

const candidate = (
  id: string,
  more: Partial<Candidate> & { homeKm?: number; stops?: Stop[]; spans?: typeof spans } = {},
): Candidate => ({
  id,
  name: id.toUpperCase(),
  inactive: null,
  skills: new Set(['gas']),
  lastAssignedAt: null,
  day: { home: place(more.homeKm ?? 0), spans: more.spans ?? spans, stops: more.stops ?? [] },
  ...more,
});
const input = (candidates: Candidate[], more: Partial<FunnelInput> = {}): FunnelInput => ({
  now: at('07:00'),
  start: at('10:00'),
  grid,
  closed: null,
  job: { place: place(10), durationMs: 60 * MINUTE, skills: ['gas'] },
  candidates,
  travel,
  ...more,
});

describe('the funnel', () => {
  it('records each candidate with the first rule that fails, in words', () => {
    const { funnel, ranked } = runFunnel(
      input([
        candidate('a', { inactive: 'is archived', skills: new Set() }),
        candidate('b', { skills: new Set(['heat']) }),
        candidate('c', { spans: [] }),
        candidate('d', { stops: [stop('10:30', '11:30', 10)] }),
        candidate('e', { stops: [stop('09:30', '10:15', 10, true)] }),
        candidate('f', { stops: [stop('09:00', '09:59', 30)] }),
        candidate('g', { stops: [stop('11:05', '11:30', 30)] }),
        candidate('h', { homeKm: 200 }),
        candidate('i', { spans: [{ from: at('09:30'), to: at('11:05') }] }),
        candidate('z'),
      ]),
    );
    expect(ranked.map((it) => it.candidate.id)).toEqual(['z']);
    expect(funnel.passed).toEqual([
      { rule: 'ACTIVE', left: 9 },
      { rule: 'SKILLS', left: 8 },
      { rule: 'WORKING_DAY', left: 8 },
      { rule: 'SHIFT', left: 7 },
      { rule: 'FREE', left: 5 },
      { rule: 'TRAVEL', left: 1 },
    ]);
    expect(
      funnel.candidates.map((it) => [it.technicianId, it.rank, it.failed?.rule, it.failed?.reason]),
    ).toEqual([
      ['z', 1, undefined, undefined],
      ['a', null, 'ACTIVE', 'is archived'],
      ['b', null, 'SKILLS', 'lacks gas'],
      ['c', null, 'SHIFT', 'does not work from 2026-11-23 10:00 to 2026-11-23 11:00'],
      ['d', null, 'FREE', 'has a booking from 2026-11-23 10:30 to 2026-11-23 11:30'],
      ['e', null, 'FREE', 'has a hold from 2026-11-23 09:30 to 2026-11-23 10:15'],
      ['f', null, 'TRAVEL', 'arrives from the job before 19 min too late'],
      ['g', null, 'TRAVEL', 'reaches the job after 15 min too late'],
      ['h', null, 'TRAVEL', 'arrives from home 70 min too late'],
      ['i', null, 'TRAVEL', 'reaches home 5 min too late'],
    ]);
  });

  it('stops at days on which nobody works', () => {
    const closed = (rule: 'HOLIDAY' | 'NON_WORKING_DAY') =>
      runFunnel(input([candidate('a')], { closed: { rule, name: 'Easter' } })).funnel.candidates[0]?.failed;
    expect(closed('HOLIDAY')).toEqual({ rule: 'WORKING_DAY', reason: 'closed on 2026-11-23: Easter' });
    expect(closed('NON_WORKING_DAY')).toEqual({
      rule: 'WORKING_DAY',
      reason: '2026-11-23 is not a working day',
    });
  });

  it('gives the same order whatever order candidates come in', () => {
    const some = fc.array(
      fc
        .record({ homeKm: fc.nat(40), surplus: fc.nat(4), last: fc.option(fc.nat(3)) })
        .map((it, index = 0) => ({ ...it, index })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (list, keys) => {
        const all = list.map((it, index) =>
          candidate(`t${String(index)}`, {
            homeKm: it.homeKm,
            skills: new Set(['gas', ...Array.from({ length: it.surplus }, (_, n) => `s${String(n)}`)]),
            lastAssignedAt: it.last,
          }),
        );
        const shuffled = all
          .map((it) => ({ it, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ it }) => it);
        expect(runFunnel(input(shuffled)).funnel).toEqual(runFunnel(input(all)).funnel);
      }),
    );
  });

  it('breaks ties by least recently assigned, then id', () => {
    const day = 86_400_000;
    const tied = [candidate('c', { lastAssignedAt: null }), candidate('b', { lastAssignedAt: null })];
    expect(runFunnel(input(tied)).ranked.map((it) => it.candidate.id)).toEqual(['b', 'c']);
    const future = [
      candidate('b', { lastAssignedAt: at('07:00') + 2 * day }),
      candidate('c', { lastAssignedAt: at('07:00') + day }),
    ];
    expect(runFunnel(input(future)).ranked.map((it) => it.candidate.id)).toEqual(['c', 'b']);
  });
});

describe('the score', () => {
  it('has parts in 0…1 that add up by their weights', () => {
    expect(Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const merits = fc.record({
      detourKm: fc.double({ min: 0, max: 2000, noNaN: true }),
      load: fc.double({ min: 0, max: 2, noNaN: true }),
      surplusSkills: fc.nat(50),
      waitMinutes: fc.double({ min: 0, max: 1440, noNaN: true }),
      lastAssignedAt: fc.option(fc.nat()),
    });
    fc.assert(
      fc.property(merits, fc.nat(), (it, now) => {
        const score = scoreOf(it, now);
        const parts = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
        for (const part of ['total', ...parts] as const)
          expect(score[part] >= 0 && score[part] <= 1).toBe(true);
        const sum = parts.reduce((total, part) => total + WEIGHTS[part] * score[part], 0);
        expect(score.total).toBeCloseTo(sum, 5);
      }),
    );
  });

  it('takes the cheapest insertion as detour', () => {
    const day = { home: place(0), spans, stops: [stop('08:30', '09:00', 5), stop('12:00', '13:00', 15)] };
    expect(detourKm(day, place(10), at('10:00'), travel)).toBeCloseTo(0, 3);
    expect(detourKm(day, place(20), at('10:00'), travel)).toBeCloseTo(10, 2);
    expect(detourKm({ ...day, stops: [] }, place(20), at('10:00'), travel)).toBeCloseTo(40, 2);
    expect(detourKm(day, place(20), at('14:00'), travel)).toBeCloseTo(10, 2);
  });

  it('counts the wait after the job before', () => {
    const day = { home: place(0), spans, stops: [stop('08:30', '09:00', 5)] };
    expect(waitMinutes(day, place(10), at('10:00'), travel)).toBeCloseTo(55, 1);
    expect(waitMinutes(day, place(10), at('08:00'), travel)).toBe(0);
  });

  it('takes booked time over working time as load', () => {
    expect(loadOf({ spans, stops: [stop('09:00', '10:48', 0), stop('12:00', '13:48', 0)] })).toBeCloseTo(
      0.4,
      9,
    );
    expect(loadOf({ spans: [], stops: [] })).toBe(0);
  });
});

describe('the choice', () => {
  const result = runFunnel(
    input([
      candidate('near', { homeKm: 9 }),
      candidate('far', { homeKm: 30 }),
      candidate('busy', { stops: [stop('10:00', '11:00', 10)] }),
      candidate('lacks', { skills: new Set() }),
    ]),
  );

  it('is the best, or the one named if that one passed', () => {
    expect(rankedFor(result, undefined).map((it) => it.candidate.id)).toEqual(['near', 'far']);
    expect(rankedFor(result, 'far').map((it) => it.candidate.id)).toEqual(['far']);
    expect(rankedFor(result, 'busy')).toEqual([]);
    expect(chosen(result.funnel, 'near').chosen).toBe('near');
  });

  it('moves a booking only to somebody better', () => {
    const first = (id: string) => preferring(result.ranked, id)[0]?.candidate.id;
    expect([first('near'), first('far'), first('busy')]).toEqual(['near', 'near', 'near']);
    const tied = runFunnel(input([candidate('a'), candidate('b')]));
    expect(preferring(tied.ranked, 'b').map((it) => it.candidate.id)).toEqual(['b', 'a']);
    expect(preferring([], 'b')).toEqual([]);
  });

  it('names a taken slot where a booking is the only hindrance', () => {
    expect([undefined, 'near', 'busy', 'lacks'].map((id) => refusalCode(result, id))).toEqual([
      'SLOT_TAKEN',
      'SLOT_TAKEN',
      'SLOT_TAKEN',
      'NO_CANDIDATE',
    ]);
  });
});
