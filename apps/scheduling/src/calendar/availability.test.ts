import { describe, expect, it } from '@jest/globals';
import { FieldProblems } from '@orion/problem';
import { explainBlocked, findSlots, type Search } from './availability';
import { dayGrid } from './grid';
import { checkStart, nearest } from './hold-rules';
import { searchDates } from './search-range';
import { straightLine } from './travel';

const home = { latitude: 45.764, longitude: 4.8357 };
const grid = dayGrid('2026-11-23', 'Europe/Paris');
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+01:00`);
const technician = (id: string, skills: string[] = []) => ({
  id,
  home,
  skills: new Set(skills),
  shifts: [{ weekday: 1, from: 8 * 60, to: 12 * 60 }],
});
const search = (more: Partial<Search> = {}): Search => ({
  now: at('07:00'),
  job: {
    place: home,
    durationMinutes: 60,
    skills: ['gas'],
    earliestStart: at('08:00'),
    latestStart: at('09:30'),
  },
  days: [{ grid, closed: null }],
  technicians: [technician('a', ['gas']), technician('b', ['gas', 'heat']), technician('c')],
  stops: new Map(),
  travel: straightLine({ travelSpeedKmh: 40, detourFactor: 1 }),
  ...more,
});
const stop = (from: string, to: string, held = false) => ({
  startsAt: at(from),
  endsAt: at(to),
  place: home,
  held,
});

describe('availability', () => {
  it('counts who could take each start in the window', () => {
    const stops = new Map([['a', [stop('08:00', '09:00')]]]);
    const found = findSlots(search({ stops }));
    expect(found.map((slot) => [slot.startsAt, slot.technicians])).toEqual([
      [at('08:00'), 1],
      [at('08:15'), 1],
      [at('08:30'), 1],
      [at('08:45'), 1],
      [at('09:00'), 2],
      [at('09:15'), 2],
      [at('09:30'), 2],
    ]);
    expect(found[0]?.endsAt).toBe(at('09:00'));
  });

  it('offers nothing in the past or on a closed day', () => {
    expect(findSlots(search({ now: at('09:10') })).map((slot) => slot.startsAt)).toEqual([
      at('09:15'),
      at('09:30'),
    ]);
    const days = [{ grid, closed: { rule: 'HOLIDAY' as const, name: 'x' } }];
    expect(findSlots(search({ days }))).toEqual([]);
  });

  it('explains each start that nobody can take by the first rule that blocks', () => {
    const stops = new Map([
      ['a', [stop('08:00', '10:45')]],
      ['b', [stop('08:00', '09:00', true)]],
    ]);
    const it = search({ stops, now: at('08:10') });
    const blocked = explainBlocked(it, findSlots(it));
    expect(blocked).toEqual([
      { startsAt: at('08:00'), rules: { PAST: 3 } },
      { startsAt: at('08:15'), rules: { BUSY: 1, HOLD: 1, SKILL: 1 } },
      { startsAt: at('08:30'), rules: { BUSY: 1, HOLD: 1, SKILL: 1 } },
      { startsAt: at('08:45'), rules: { BUSY: 1, HOLD: 1, SKILL: 1 } },
    ]);
    const closed = search({ days: [{ grid, closed: { rule: 'NON_WORKING_DAY', name: 'weekend' } }] });
    expect(explainBlocked(closed, [])[0]).toEqual({ startsAt: at('08:00'), rules: { NON_WORKING_DAY: 3 } });
  });
});

describe('days to search', () => {
  const window = {
    earliestStart: at('08:00'),
    latestStart: at('08:00') + 60 * 86_400_000,
    timezone: 'Europe/Paris',
  };
  const now = at('00:00') + 5 * 86_400_000;

  it('are the window from today, at most 31', () => {
    const dates = searchDates(window, {}, now);
    expect([dates.length, dates[0], dates.at(-1)]).toEqual([31, '2026-11-28', '2026-12-28']);
    expect(searchDates({ ...window, latestStart: at('09:00') }, {}, at('00:00'))).toEqual(['2026-11-23']);
    expect(searchDates({ ...window, latestStart: at('09:00') }, {}, now)).toEqual([]);
  });

  it('are those asked for, within the window', () => {
    expect(searchDates(window, { from: '2026-11-20', to: '2026-11-24' }, now)).toEqual([
      '2026-11-23',
      '2026-11-24',
    ]);
    expect(searchDates(window, { to: '2026-11-28' }, now)).toEqual(['2026-11-28']);
    expect(searchDates(window, { to: '2026-11-01' }, now)).toEqual([]);
    expect(searchDates(window, { from: '2026-12-01' }, now)).toHaveLength(31);
  });

  it('are refused where they make no sense', () => {
    expect(() => searchDates(window, { from: '2026-12-02', to: '2026-12-01' }, now)).toThrow(FieldProblems);
    expect(() => searchDates(window, { from: '2026-12-01', to: '2027-01-01' }, now)).toThrow(
      'at most 31 days',
    );
    expect(() => searchDates(window, { to: '2027-02-01' }, now)).toThrow(FieldProblems);
  });
});

describe('a hold', () => {
  const request = {
    now: at('07:00'),
    grid,
    earliestStart: new Date(at('08:00')),
    latestStart: new Date(at('09:30')),
  };
  const check =
    (start: number, more: object = {}) =>
    () =>
      checkStart({ ...request, start, ...more });

  it('starts on the grid, in the window, not in the past', () => {
    expect(check(at('08:00'))).not.toThrow();
    expect(check(at('08:05'))).toThrow('quarter of an hour');
    expect(check(at('07:45'))).toThrow('The order can start from');
    expect(check(at('09:45'))).toThrow('The order can start from');
    expect(check(at('08:00'), { now: at('08:01') })).toThrow('past');
  });

  it('is offered up to five other starts, the nearest first', () => {
    const slots = [1, 2, 3, 4, 5, 6, 7].map((startsAt) => ({ startsAt }));
    expect(nearest(slots, 4).map((slot) => slot.startsAt)).toEqual([3, 5, 2, 6, 1]);
  });
});
