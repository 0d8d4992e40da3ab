import { Temporal } from 'temporal-polyfill';

/** The first `count` days from `today` on that are neither weekend nor closed. */
export function workingDays(
  today: Temporal.PlainDate,
  closed: ReadonlySet<string>,
  count: number,
): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = today; days.length < count; day = day.add({ days: 1 })) {
    if (day.dayOfWeek <= 5 && !closed.has(day.toString())) days.push(day);
  }
  return days;
}

/** Minutes after midnight on a local day, as RFC 3339 in UTC. */
export const at = (day: Temporal.PlainDate, minutes: number, timeZone: string): string =>
  day
    .toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60) })
    .toInstant()
    .toString();
