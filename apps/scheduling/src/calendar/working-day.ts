/** Days that overrule the public holidays. */
export interface OwnDay {
  readonly date: string;
  readonly name: string;
  readonly kind: 'HOLIDAY' | 'WORKING';
}

export interface WorkCalendar {
  /** ISO weekdays. */
  readonly workingDays: readonly number[];
  readonly ownDays: readonly OwnDay[];
  /** Public holidays by date. */
  readonly holidays: ReadonlyMap<string, string>;
}

export type ClosedDay = { rule: 'HOLIDAY' | 'NON_WORKING_DAY'; name: string };

/** Why nobody works on a day; null on a working day. Own days rule, then public holidays, then the week. */
export function closedOn(calendar: WorkCalendar, day: { date: string; weekday: number }): ClosedDay | null {
  const own = calendar.ownDays.find((it) => it.date === day.date);
  if (own) return own.kind === 'WORKING' ? null : { rule: 'HOLIDAY', name: own.name };
  const holiday = calendar.holidays.get(day.date);
  if (holiday !== undefined) return { rule: 'HOLIDAY', name: holiday };
  return calendar.workingDays.includes(day.weekday) ? null : { rule: 'NON_WORKING_DAY', name: 'weekend' };
}
