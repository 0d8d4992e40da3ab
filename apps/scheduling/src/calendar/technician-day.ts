import type { Place } from '@orion/contracts';
import { type DayGrid, wallTime } from './grid';
import type { TravelTime } from './travel';

/** Weekly working hours: minutes after local midnight on an ISO weekday. */
export interface WeeklyShift {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

/** Working time without a pause, as instants in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A hold or booking on the technician's day. */
export interface Stop {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: Place;
  /** A hold, not yet confirmed. */
  readonly held: boolean;
}

export interface TechnicianDay {
  readonly home: Place;
  /** Ascending, disjoint. */
  readonly spans: readonly Span[];
  /** Ascending, disjoint. */
  readonly stops: readonly Stop[];
}

export interface Job {
  readonly place: Place;
  readonly durationMs: number;
}

export type DayRule = 'SHIFT' | 'BUSY' | 'HOLD' | 'TRAVEL';

/** The spans of a day; shifts that touch or overlap become one. */
export function spansOf(shifts: readonly WeeklyShift[], grid: DayGrid): Span[] {
  const spans = shifts
    .filter((shift) => shift.weekday === grid.weekday)
    .map((shift) => ({ from: wallTime(grid, shift.from), to: wallTime(grid, shift.to) }))
    .sort((a, b) => a.from - b.from);
  return spans.reduce<Span[]>((merged, span) => {
    const last = merged.at(-1);
    if (!last || span.from > last.to) return [...merged, span];
    return [...merged.slice(0, -1), { from: last.from, to: Math.max(last.to, span.to) }];
  }, []);
}

/** Stops that touch the day, ascending. */
export const stopsOf = (stops: readonly Stop[], grid: DayGrid): Stop[] =>
  stops
    .filter((stop) => stop.startsAt < grid.endsAt && stop.endsAt > grid.startsAt)
    .sort((a, b) => a.startsAt - b.startsAt);

/** Where a job goes: the stops before and after it, and the first and last start that travel allows. */
export interface Gap {
  readonly before: Stop | undefined;
  readonly after: Stop | undefined;
  readonly earliest: number;
  readonly latest: number;
}

/**
 * Starts that travel allows between two neighbours: start ∈ [before.end + t(before, job), after.start − t(job, after) − d].
 * The first job of the day is reached from home and the last one leaves for home within the shift it lies in.
 */
export function travelGap(
  day: TechnicianDay,
  job: Job,
  span: Span,
  before: Stop | undefined,
  after: Stop | undefined,
  travel: TravelTime,
): Gap {
  const earliest = before
    ? before.endsAt + travel.ms(before.place, job.place)
    : span.from + travel.ms(day.home, job.place);
  const latest = after
    ? after.startsAt - travel.ms(job.place, after.place) - job.durationMs
    : span.to - travel.ms(job.place, day.home) - job.durationMs;
  return {
    before,
    after,
    earliest: Math.max(earliest, span.from),
    latest: Math.min(latest, span.to - job.durationMs),
  };
}

/** What keeps a technician from starting the job then: the first of SHIFT, BUSY or HOLD, TRAVEL; null if nothing. */
export function blockedAt(
  day: TechnicianDay,
  job: Job,
  start: number,
  travel: TravelTime,
): { rule: DayRule; gap: Gap | undefined; stop: Stop | undefined } | null {
  const end = start + job.durationMs;
  const span = day.spans.find((it) => it.from <= start && end <= it.to);
  if (!span) return { rule: 'SHIFT', gap: undefined, stop: undefined };
  const stop = day.stops.find((it) => it.startsAt < end && it.endsAt > start);
  if (stop) return { rule: stop.held ? 'HOLD' : 'BUSY', gap: undefined, stop };
  const gap = travelGap(day, job, span, ...neighbours(day.stops, start), travel);
  return gap.earliest <= start && start <= gap.latest ? null : { rule: 'TRAVEL', gap, stop: undefined };
}

/** The last stop that begins before `start` and the first one that begins at or after it. */
export function neighbours(stops: readonly Stop[], start: number): [Stop | undefined, Stop | undefined] {
  const after = stops.findIndex((it) => it.startsAt >= start);
  return after === -1 ? [stops.at(-1), undefined] : [stops[after - 1], stops[after]];
}
