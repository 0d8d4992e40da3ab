import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eachSlot, isSet } from './bitmap';
import { dayGrid, MINUTE, slotStart } from './grid';
import { possibleStarts, startsWithin } from './starts';
import { blockedAt, type Job, spansOf, type Stop, stopsOf, type TechnicianDay } from './technician-day';
import { straightLine } from './travel';

const travel = straightLine({ travelSpeedKmh: 40, detourFactor: 1.3 });
const place = fc.record({
  latitude: fc.double({ min: 45.6, max: 45.9, noNaN: true }),
  longitude: fc.double({ min: 4.6, max: 5.1, noNaN: true }),
});
const date = fc.constantFrom('2026-11-23', '2026-03-29', '2026-10-25');
const shift = fc.tuple(fc.nat(1439), fc.integer({ min: 1, max: 1440 })).map(([from, size]) => ({
  from,
  to: Math.min(1440, from + size),
}));

/** Stops on the grid, of any length in minutes, that do not overlap. */
const stops = fc.array(
  fc.record({ slot: fc.nat(99), minutes: fc.integer({ min: 5, max: 200 }), place, held: fc.boolean() }),
  {
    maxLength: 6,
  },
);

const arrange = fc
  .record({ date, home: place, shifts: fc.array(shift, { maxLength: 3 }), stops })
  .map((it) => {
    const grid = dayGrid(it.date, 'Europe/Paris');
    const disjoint = it.stops
      .map((stop): Stop => {
        const startsAt = slotStart(grid, stop.slot);
        return { startsAt, endsAt: startsAt + stop.minutes * MINUTE, place: stop.place, held: stop.held };
      })
      .sort((a, b) => a.startsAt - b.startsAt)
      .reduce<Stop[]>(
        (kept, stop) => (stop.startsAt >= (kept.at(-1)?.endsAt ?? 0) ? [...kept, stop] : kept),
        [],
      );
    const spans = spansOf(
      it.shifts.map((part) => ({ ...part, weekday: grid.weekday })),
      grid,
    );
    const day: TechnicianDay = { home: it.home, spans, stops: stopsOf(disjoint, grid) };
    return { grid, day };
  });

const job = fc.record({
  place,
  durationMs: fc.integer({ min: 5, max: 400 }).map((minutes) => minutes * MINUTE),
});

/** Said another way than `blockedAt` says it. */
function reachable({ spans, stops }: TechnicianDay, it: Job, start: number): boolean {
  const end = start + it.durationMs;
  const previous = stops.filter((stop) => stop.endsAt <= start).at(-1);
  const next = stops.find((stop) => stop.startsAt >= end);
  return (
    spans.some((span) => span.from <= start && end <= span.to) &&
    stops.every((stop) => stop.endsAt <= start || end <= stop.startsAt) &&
    (!previous || previous.endsAt + travel.ms(previous.place, it.place) <= start) &&
    (!next || end + travel.ms(it.place, next.place) <= next.startsAt)
  );
}

describe('possible starts', () => {
  it('are exactly the starts at which nothing blocks', () => {
    fc.assert(
      fc.property(arrange, job, ({ grid, day }, it) => {
        const wanted = startsWithin(grid, grid.startsAt, grid.endsAt - 1);
        const found = possibleStarts(grid, day, it, wanted, travel);
        const slots = Array.from({ length: grid.slots }, (_, slot) => slot);
        const free = slots.filter((slot) => blockedAt(day, it, slotStart(grid, slot), travel) === null);
        expect(slots.filter((slot) => isSet(found, slot))).toEqual(free);
      }),
      { numRuns: 400 },
    );
  });

  it('leave room to reach both neighbours and home in time, and never overlap', () => {
    fc.assert(
      fc.property(arrange, job, ({ grid, day }, it) => {
        const bad: number[] = [];
        const wanted = startsWithin(grid, grid.startsAt, grid.endsAt - 1);
        eachSlot(possibleStarts(grid, day, it, wanted, travel), (slot) => {
          if (!reachable(day, it, slotStart(grid, slot))) bad.push(slot);
        });
        expect(bad).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
