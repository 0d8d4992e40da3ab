import type { OwnDay, WorkCalendar } from '../calendar/working-day';
import { publicHolidays } from './holidays';

export interface CalendarSettings {
  readonly country: string;
  readonly region: string | null;
  readonly workingDays: readonly number[];
  readonly ownDays: readonly OwnDay[];
}

/** The calendar of a business unit for the years that the dates lie in. */
export function workCalendar(settings: CalendarSettings, dates: readonly string[]): WorkCalendar {
  const years = new Set(dates.map((date) => Number(date.slice(0, 4))));
  return {
    workingDays: settings.workingDays,
    ownDays: settings.ownDays,
    holidays: new Map(
      [...years].flatMap((year) => [...publicHolidays(settings.country, settings.region, year)]),
    ),
  };
}

export interface NamedDay {
  date: string;
  name: string;
  source: 'PUBLIC' | 'OWN';
}

/** Days of a year that are closed for a named reason: public holidays unless overruled, and own days off. */
export function namedClosedDays(settings: CalendarSettings, year: number): NamedDay[] {
  const own = new Map(settings.ownDays.map((day) => [day.date, day]));
  const closed = [...publicHolidays(settings.country, settings.region, year)]
    .filter(([date]) => !own.has(date))
    .map(([date, name]): NamedDay => ({ date, name, source: 'PUBLIC' }));
  const off = settings.ownDays
    .filter((day) => day.kind === 'HOLIDAY' && day.date.startsWith(String(year)))
    .map(({ date, name }): NamedDay => ({ date, name, source: 'OWN' }));
  return [...closed, ...off].sort((a, b) => (a.date < b.date ? -1 : 1));
}
