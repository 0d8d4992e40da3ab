import { and, andNot, type Bitmap, emptyBitmap, isEmpty, setRange, startsOfRuns } from './bitmap';
import { type DayGrid, QUARTER } from './grid';
import { type Job, type Span, type Stop, type TechnicianDay, travelGap } from './technician-day';
import type { TravelTime } from './travel';

const touching = (grid: DayGrid, ranges: readonly Span[]): Bitmap =>
  ranges.reduce(
    (bits, { from, to }) =>
      setRange(
        bits,
        Math.floor((from - grid.startsAt) / QUARTER),
        Math.min(grid.slots, Math.ceil((to - grid.startsAt) / QUARTER)),
      ),
    emptyBitmap(),
  );

/** Slots whose start lies in [earliest, latest]. */
export const startsWithin = (grid: DayGrid, earliest: number, latest: number): Bitmap =>
  setRange(
    emptyBitmap(),
    Math.ceil((earliest - grid.startsAt) / QUARTER),
    Math.min(grid.slots, Math.floor((latest - grid.startsAt) / QUARTER) + 1),
  );

/** Slots that lie in working time and are touched by no stop. */
export const freeSlots = (grid: DayGrid, day: TechnicianDay): Bitmap =>
  andNot(
    touching(grid, day.spans),
    touching(
      grid,
      day.stops.map((stop) => ({ from: stop.startsAt, to: stop.endsAt })),
    ),
  );

/**
 * Starts out of `wanted` that the technician could take: runs of free slots first, then for the gaps that are left the
 * exact travel times. Agrees with `blockedAt` slot by slot.
 */
export function possibleStarts(
  grid: DayGrid,
  day: TechnicianDay,
  job: Job,
  wanted: Bitmap,
  travel: TravelTime,
): Bitmap {
  const runs = and(startsOfRuns(freeSlots(grid, day), Math.ceil(job.durationMs / QUARTER)), wanted);
  if (isEmpty(runs)) return runs;
  const allowed = emptyBitmap();
  for (let index = 0; index <= day.stops.length; index++) {
    const before = day.stops[index - 1];
    const after = day.stops[index];
    for (const span of day.spans.filter((it) => meets(it, before, after))) {
      const { earliest, latest } = travelGap(day, job, span, before, after, travel);
      if (earliest <= latest) {
        const range = startsWithin(grid, earliest, latest);
        range.forEach((word, at) => (allowed[at] = ((allowed[at] ?? 0) | word) >>> 0));
      }
    }
  }
  return and(runs, allowed);
}

const meets = (span: Span, before: Stop | undefined, after: Stop | undefined): boolean =>
  (before?.endsAt ?? -Infinity) < span.to && (after?.startsAt ?? Infinity) > span.from;
