import type { Place, SlotRule } from '@orion/contracts';
import { eachSlot } from './bitmap';
import { type DayGrid, MINUTE, slotStart } from './grid';
import { possibleStarts, startsWithin } from './starts';
import { blockedAt, spansOf, type Stop, stopsOf, type WeeklyShift } from './technician-day';
import type { TravelTime } from './travel';
import type { ClosedDay } from './working-day';

export interface SearchTechnician {
  readonly id: string;
  readonly home: Place;
  readonly skills: ReadonlySet<string>;
  readonly shifts: readonly WeeklyShift[];
}

export interface SearchJob {
  readonly place: Place;
  readonly durationMinutes: number;
  readonly skills: readonly string[];
  readonly earliestStart: number;
  readonly latestStart: number;
}

export interface SearchDay {
  readonly grid: DayGrid;
  readonly closed: ClosedDay | null;
}

export interface Search {
  readonly now: number;
  readonly job: SearchJob;
  readonly days: readonly SearchDay[];
  /** Active ones only. */
  readonly technicians: readonly SearchTechnician[];
  /** By technician; no row means no stops. */
  readonly stops: ReadonlyMap<string, readonly Stop[]>;
  readonly travel: TravelTime;
}

export interface FoundSlot {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly technicians: number;
}

export interface BlockedSlot {
  readonly startsAt: number;
  readonly rules: Partial<Record<SlotRule, number>>;
}

export const isSkilled = (technician: { skills: ReadonlySet<string> }, skills: readonly string[]): boolean =>
  skills.every((skill) => technician.skills.has(skill));

const inWindow = ({ job }: Search, grid: DayGrid) => startsWithin(grid, job.earliestStart, job.latestStart);

/** Starts in the window that at least one technician could take, ascending. */
export function findSlots(search: Search): FoundSlot[] {
  const durationMs = search.job.durationMinutes * MINUTE;
  const job = { place: search.job.place, durationMs };
  const skilled = search.technicians.filter((it) => isSkilled(it, search.job.skills));
  return search.days.flatMap(({ grid, closed }) => {
    if (closed) return [];
    const wanted = startsWithin(grid, Math.max(search.job.earliestStart, search.now), search.job.latestStart);
    const count = new Uint32Array(grid.slots);
    for (const it of skilled) {
      const stops = stopsOf(search.stops.get(it.id) ?? [], grid);
      const day = { home: it.home, spans: spansOf(it.shifts, grid), stops };
      eachSlot(possibleStarts(grid, day, job, wanted, search.travel), (slot) => {
        count[slot] = (count[slot] ?? 0) + 1;
      });
    }
    return [...count].flatMap((technicians, slot) => {
      const startsAt = slotStart(grid, slot);
      return technicians > 0 ? [{ startsAt, endsAt: startsAt + durationMs, technicians }] : [];
    });
  });
}

/** For each start in the window that nobody can take: how many technicians each rule is the first to block. */
export function explainBlocked(search: Search, found: readonly FoundSlot[]): BlockedSlot[] {
  const taken = new Set(found.map((slot) => slot.startsAt));
  const job = { place: search.job.place, durationMs: search.job.durationMinutes * MINUTE };
  return search.days.flatMap(({ grid, closed }) => {
    const days = search.technicians.map((it) => ({
      skilled: isSkilled(it, search.job.skills),
      day: {
        home: it.home,
        spans: spansOf(it.shifts, grid),
        stops: stopsOf(search.stops.get(it.id) ?? [], grid),
      },
    }));
    const blocked: BlockedSlot[] = [];
    eachSlot(inWindow(search, grid), (slot) => {
      const startsAt = slotStart(grid, slot);
      if (taken.has(startsAt)) return;
      const rules: Partial<Record<SlotRule, number>> = {};
      for (const { skilled, day } of days) {
        const rule = firstRule(startsAt, skilled, () => blockedAt(day, job, startsAt, search.travel)?.rule);
        if (rule) rules[rule] = (rules[rule] ?? 0) + 1;
      }
      blocked.push({ startsAt, rules });
    });
    return blocked;

    function firstRule(
      start: number,
      skilled: boolean,
      day: () => SlotRule | undefined,
    ): SlotRule | undefined {
      if (start < search.now) return 'PAST';
      if (closed) return closed.rule;
      return skilled ? day() : 'SKILL';
    }
  });
}
