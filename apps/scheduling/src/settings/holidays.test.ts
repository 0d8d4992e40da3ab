import { describe, expect, it } from '@jest/globals';
import { FieldProblems } from '@orion/problem';
import { closedOn } from '../calendar/working-day';
import { checkSettings } from './check-settings';
import { namedClosedDays, workCalendar } from './closed-days';
import { hasRegion, publicHolidays } from './holidays';

const france = {
  country: 'FR',
  region: null,
  timezone: 'Europe/Paris',
  workingDays: [1, 2, 3, 4, 5],
  ownDays: [
    { date: '2026-07-14', name: 'open anyway', kind: 'WORKING' as const },
    { date: '2026-12-24', name: 'Christmas Eve', kind: 'HOLIDAY' as const },
    { date: '2027-01-02', name: 'another year', kind: 'HOLIDAY' as const },
  ],
};

describe('public holidays', () => {
  it('come by country and region', () => {
    expect(publicHolidays('FR', null, 2026).get('2026-04-06')).toBe('Easter Monday');
    expect(publicHolidays('FR', null, 2026).has('2026-12-26')).toBe(false);
    expect(publicHolidays('FR', '67', 2026).has('2026-12-26')).toBe(true);
    expect(publicHolidays('XX', null, 2026).size).toBe(0);
    expect(publicHolidays('FR', null, 2026)).toBe(publicHolidays('FR', null, 2026));
  });

  it('may last several days', () => {
    expect([...publicHolidays('SA', null, 2026).keys()]).toEqual(
      expect.arrayContaining(['2026-03-19', '2026-03-22']),
    );
  });

  it('know their regions', () => {
    expect([
      hasRegion('ES', 'MD'),
      hasRegion('ES', 'ZZ'),
      hasRegion('XX', 'A'),
      hasRegion('FR', 'constructor'),
    ]).toEqual([true, false, false, false]);
  });
});

describe('closed days', () => {
  it('are holidays and own days off, named, without days opened again', () => {
    const days = namedClosedDays(france, 2026);
    expect(days[0]).toEqual({ date: '2026-01-01', name: "New Year's Day", source: 'PUBLIC' });
    expect(days.map((day) => day.date)).toEqual([...days.map((day) => day.date)].sort());
    expect(days.find((day) => day.date === '2026-07-14')).toBeUndefined();
    expect(days.find((day) => day.date === '2026-12-24')).toEqual({
      date: '2026-12-24',
      name: 'Christmas Eve',
      source: 'OWN',
    });
    expect(days.some((day) => day.date === '2027-01-02')).toBe(false);
  });

  it('decide in the order own day, holiday, weekday', () => {
    const calendar = workCalendar(france, ['2026-07-14', '2027-01-01']);
    const on = (date: string, weekday: number) => closedOn(calendar, { date, weekday })?.rule ?? null;
    expect(on('2026-07-14', 2)).toBe(null);
    expect(on('2026-12-24', 4)).toBe('HOLIDAY');
    expect(on('2027-01-01', 5)).toBe('HOLIDAY');
    expect(on('2026-11-21', 6)).toBe('NON_WORKING_DAY');
    expect(on('2026-11-23', 1)).toBe(null);
  });
});

describe('settings', () => {
  const refusal = (more: object): unknown => {
    try {
      checkSettings({ ...france, ...more });
      return null;
    } catch (error) {
      return error instanceof FieldProblems ? [error.code, ...error.errors.map((it) => it.field)] : error;
    }
  };

  it('that make no sense are refused, all at once', () => {
    expect(refusal({})).toBe(null);
    expect(refusal({ timezone: 'Mars/Olympus' })).toEqual(['UNKNOWN_TIMEZONE', 'body.timezone']);
    const day = { date: '2026-01-02', name: 'x', kind: 'HOLIDAY' };
    expect(refusal({ region: 'ZZ', workingDays: [1, 1], ownDays: [day, day] })).toEqual([
      'VALIDATION_FAILED',
      'body.region',
      'body.workingDays',
      'body.ownDays',
    ]);
  });
});
