import Holidays from 'date-holidays';

const DAY = 86_400_000;
const known = new Map<string, ReadonlyMap<string, string>>();
const MAX_KNOWN = 500;

/** Whether a country has this subdivision; countries that `date-holidays` does not know have none. */
export const hasRegion = (country: string, region: string): boolean =>
  Object.hasOwn(new Holidays().getStates(country) ?? {}, region);

/**
 * Public holidays of a year, date → English name, ascending; empty for a country that `date-holidays` does not know.
 * @param region subdivision as ISO 3166-2 without the country
 */
export function publicHolidays(
  country: string,
  region: string | null,
  year: number,
): ReadonlyMap<string, string> {
  const key = `${country}|${region ?? ''}|${String(year)}`;
  const before = known.get(key);
  if (before) return before;
  const days = compute(country, region, year);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, days);
  return days;
}

function compute(country: string, region: string | null, year: number): ReadonlyMap<string, string> {
  const calendar = region === null ? new Holidays(country) : new Holidays(country, region);
  const days = (calendar.getHolidays(year, 'en') ?? [])
    .filter((holiday) => holiday.type === 'public')
    .flatMap((holiday) => {
      const first = Date.parse(holiday.date.slice(0, 10));
      const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY));
      return Array.from({ length }, (_, day): [string, string] => [
        new Date(first + day * DAY).toISOString().slice(0, 10),
        holiday.name,
      ]);
    })
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return new Map(days);
}
