import { describe, expect, it } from '@jest/globals';
import { dayGrid, MINUTE } from './grid';
import { blockedAt, spansOf, type Stop, stopsOf } from './technician-day';
import { straightLine } from './travel';

const grid = dayGrid('2026-11-23', 'Europe/Paris');
const travel = straightLine({ travelSpeedKmh: 60, detourFactor: 1 });
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+01:00`);
/** `km` north of home; a kilometre takes a minute. */
const place = (km: number) => ({ latitude: 45 + km / 111.1951, longitude: 5 });
const stop = (from: string, to: string, km: number, held = false): Stop => ({
  startsAt: at(from),
  endsAt: at(to),
  place: place(km),
  held,
});
const workday = { home: place(0), spans: [{ from: at('08:00'), to: at('17:00') }], stops: [] as Stop[] };
const job = { place: place(20), durationMs: 30 * MINUTE };
const rule = (day: typeof workday, time: string) => blockedAt(day, job, at(time), travel)?.rule ?? null;

describe('spans of a day', () => {
  it('joins shifts that touch or overlap and drops other weekdays', () => {
    const shifts = [
      { weekday: 1, from: 720, to: 780 },
      { weekday: 1, from: 480, to: 600 },
      { weekday: 1, from: 540, to: 720 },
      { weekday: 1, from: 840, to: 900 },
      { weekday: 2, from: 0, to: 60 },
    ];
    expect(spansOf(shifts, grid)).toEqual([
      { from: at('08:00'), to: at('13:00') },
      { from: at('14:00'), to: at('15:00') },
    ]);
  });

  it('takes stops that touch the day, in order', () => {
    const elsewhere = {
      ...stop('08:00', '09:00', 0),
      startsAt: at('08:00') + 86_400_000,
      endsAt: at('09:00') + 86_400_000,
    };
    const [late, early] = [stop('12:00', '13:00', 0), stop('08:00', '09:00', 0)];
    expect(stopsOf([late, elsewhere, early], grid)).toEqual([early, late]);
  });
});

describe('what blocks a start', () => {
  it('working time', () => {
    expect(['07:45', '16:45', '20:00'].map((time) => rule(workday, time))).toEqual([
      'SHIFT',
      'SHIFT',
      'SHIFT',
    ]);
  });

  it('the way from and to home, within the shift', () => {
    expect(['08:15', '08:30', '16:00', '16:15'].map((time) => rule(workday, time))).toEqual([
      'TRAVEL',
      null,
      null,
      'TRAVEL',
    ]);
  });

  it('bookings and holds', () => {
    expect(rule({ ...workday, stops: [stop('10:00', '10:17', 20)] }, '09:45')).toBe('BUSY');
    expect(rule({ ...workday, stops: [stop('10:00', '10:17', 20, true)] }, '10:15')).toBe('HOLD');
    expect(rule({ ...workday, stops: [stop('10:00', '10:17', 20)] }, '09:30')).toBe(null);
    expect(rule({ ...workday, stops: [stop('10:00', '10:17', 20)] }, '10:30')).toBe(null);
  });

  it('the way to both neighbours', () => {
    const day = { ...workday, stops: [stop('10:00', '10:17', 5), stop('12:00', '12:30', 40)] };
    const blocked = blockedAt(day, job, at('10:30'), travel);
    expect(blocked).toMatchObject({
      rule: 'TRAVEL',
      gap: { before: day.stops[0], after: day.stops[1], earliest: at('10:32') },
    });
    expect(['09:15', '09:30', '10:45', '11:00', '11:15'].map((time) => rule(day, time))).toEqual([
      null,
      'TRAVEL',
      null,
      null,
      'TRAVEL',
    ]);
  });

  it('does not ask for the way home between two shifts', () => {
    const split = {
      ...workday,
      spans: [
        { from: at('08:00'), to: at('12:00') },
        { from: at('13:00'), to: at('17:00') },
      ],
    };
    const day = { ...split, stops: [stop('10:00', '12:00', 20)] };
    expect(['12:15', '13:00'].map((time) => rule(day, time))).toEqual(['SHIFT', null]);
    expect(rule(split, '13:00')).toBe('TRAVEL');
  });
});
