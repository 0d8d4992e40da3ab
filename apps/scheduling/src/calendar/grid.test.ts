import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  datesBetween,
  dayGrid,
  isTimezone,
  localDate,
  localTime,
  MINUTE,
  onGrid,
  QUARTER,
  slotStart,
  wallTime,
} from './grid';

const PARIS = 'Europe/Paris';
const utc = (text: string): number => Date.parse(text);

describe('day grid', () => {
  it.each([
    ['2026-11-23', 96, '2026-11-22T23:00:00Z'],
    ['2026-03-29', 92, '2026-03-28T23:00:00Z'],
    ['2026-10-25', 100, '2026-10-24T22:00:00Z'],
  ])('%s in Paris has %i slots', (date, slots, start) => {
    expect(dayGrid(date, PARIS)).toMatchObject({ slots, startsAt: utc(start), timezone: PARIS });
  });

  it('counts weekdays from Monday 1 to Sunday 7', () => {
    expect(dayGrid('2026-11-23', PARIS).weekday).toBe(1);
    expect(dayGrid('2026-11-29', PARIS).weekday).toBe(7);
  });

  it('days follow each other without gap or overlap in every zone', () => {
    const zone = fc.constantFrom(
      PARIS,
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    );
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 3000 }), (timezone, offset) => {
        const date = addDays('2024-01-01', offset);
        const grid = dayGrid(date, timezone);
        expect(grid.endsAt).toBe(dayGrid(addDays(date, 1), timezone).startsAt);
        expect((grid.endsAt - grid.startsAt) % QUARTER).toBe(0);
        expect(localDate(slotStart(grid, grid.slots - 1), timezone)).toBe(date);
        expect(onGrid(grid, slotStart(grid, 5))).toBe(true);
        expect(onGrid(grid, slotStart(grid, 5) + MINUTE)).toBe(false);
      }),
    );
  });

  it('reads wall clock times on ordinary and on changing days', () => {
    expect(wallTime(dayGrid('2026-11-23', PARIS), 8 * 60 + 30)).toBe(utc('2026-11-23T07:30:00Z'));
    const spring = dayGrid('2026-03-29', PARIS);
    expect(wallTime(spring, 60)).toBe(utc('2026-03-29T00:00:00Z'));
    expect(wallTime(spring, 2 * 60 + 30)).toBe(utc('2026-03-29T01:30:00Z'));
    expect(wallTime(spring, 8 * 60)).toBe(utc('2026-03-29T06:00:00Z'));
    expect(wallTime(spring, 24 * 60)).toBe(spring.endsAt);
    const autumn = dayGrid('2026-10-25', PARIS);
    expect(wallTime(autumn, 2 * 60 + 30)).toBe(utc('2026-10-25T00:30:00Z'));
    expect(wallTime(autumn, 8 * 60)).toBe(utc('2026-10-25T07:00:00Z'));
  });

  it('lists dates and shows local time', () => {
    expect(datesBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(datesBetween('2026-03-01', '2026-02-27')).toEqual([]);
    expect(localTime(utc('2026-11-23T07:05:00Z'), PARIS)).toBe('2026-11-23 08:05');
  });

  it('knows IANA zones only', () => {
    expect(['Europe/Paris', 'UTC', 'America/Argentina/Ushuaia'].map(isTimezone)).toEqual([true, true, true]);
    expect(['Mars/Olympus', '+02:00', '', 'Europe/Paris[u-ca=hebrew]', '2026-01-01'].map(isTimezone)).toEqual(
      [false, false, false, false, false],
    );
  });
});
