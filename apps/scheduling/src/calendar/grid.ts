import { Temporal } from 'temporal-polyfill';

export const MINUTE = 60_000;
/** Length of a slot in milliseconds. */
export const QUARTER = 15 * MINUTE;

/**
 * One local day of a time zone as slots of a quarter of an hour in elapsed time, counted from local midnight:
 * 96, or 92 and 100 on days when clocks change. Instants are milliseconds since 1970.
 */
export interface DayGrid {
  readonly date: string;
  readonly timezone: string;
  /** ISO 8601: 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly slots: number;
}

export function dayGrid(date: string, timezone: string): DayGrid {
  const day = Temporal.PlainDate.from(date);
  const startsAt = midnight(day, timezone);
  const endsAt = midnight(day.add({ days: 1 }), timezone);
  return {
    date,
    timezone,
    weekday: day.dayOfWeek,
    startsAt,
    endsAt,
    slots: Math.floor((endsAt - startsAt) / QUARTER),
  };
}

/** The local date of an instant, `YYYY-MM-DD`. */
export const localDate = (instant: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDate().toString();

/** The local date and time of an instant, `YYYY-MM-DD HH:MM`. */
export const localTime = (instant: number, timezone: string): string => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
};

/** Dates from the first to the last, both included; none where the last lies before the first. */
export function datesBetween(first: string, last: string): string[] {
  const end = Temporal.PlainDate.from(last);
  const dates: string[] = [];
  for (
    let day = Temporal.PlainDate.from(first);
    Temporal.PlainDate.compare(day, end) <= 0;
    day = day.add({ days: 1 })
  ) {
    dates.push(day.toString());
  }
  return dates;
}

/** `days` may be negative. */
export const addDays = (date: string, days: number): string =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/**
 * The instant at which a wall clock shows `minute` minutes after midnight; a time that clocks skip is taken with the
 * offset before the change, a time that comes twice is its first (Temporal's "compatible").
 */
export function wallTime(grid: DayGrid, minute: number): number {
  if (minute >= 24 * 60) return grid.endsAt;
  if (grid.endsAt - grid.startsAt === 24 * 60 * MINUTE) return grid.startsAt + minute * MINUTE;
  const time = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  return Temporal.PlainDate.from(grid.date).toZonedDateTime({ timeZone: grid.timezone, plainTime: time })
    .epochMilliseconds;
}

/** Whether an instant lies on the quarter-hour grid of its local day. */
export const onGrid = (grid: DayGrid, instant: number): boolean => (instant - grid.startsAt) % QUARTER === 0;

export const slotStart = (grid: DayGrid, slot: number): number => grid.startsAt + slot * QUARTER;

/** IANA zones only: fixed offsets and names nobody knows are refused. */
export function isTimezone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== '';
  } catch {
    return false;
  }
}

const midnight = (day: Temporal.PlainDate, timezone: string): number =>
  day.toZonedDateTime(timezone).epochMilliseconds;
