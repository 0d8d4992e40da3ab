import type { Place } from '@orion/contracts';
import { MINUTE } from '../calendar/grid';
import { neighbours, type Stop, type TechnicianDay } from '../calendar/technician-day';
import type { TravelTime } from '../calendar/travel';

/** What a candidate is judged by, in natural units. */
export interface Merits {
  /** Extra kilometres of the day: cheapest insertion at the only place the start allows. */
  readonly detourKm: number;
  /** Booked time divided by working time of the day, 0…1. */
  readonly load: number;
  /** Skills the technician has and the job does not ask for. */
  readonly surplusSkills: number;
  /** Minutes between the arrival from the job before and the start; 0 for the first job of a day. */
  readonly waitMinutes: number;
  /** Milliseconds since 1970; null for somebody never assigned. */
  readonly lastAssignedAt: number | null;
}

export interface Score {
  total: number;
  distance: number;
  load: number;
  fairness: number;
  fit: number;
  idle: number;
  detourKm: number;
}

/**
 * `distance` leads; `idle` fills days without holes, so that whole stretches stay free for others; `fit` keeps
 * technicians with rare skills free for the jobs that need them; `load` and `fairness` spread the work. The weights add
 * up to 1. Chosen by replaying the published technician-routing instances R101, R109 and RC101, as they are and with
 * places shifted at random, in order of latest start: of the mixes tried these leave the fewest orders without a
 * technician.
 */
export const WEIGHTS = { distance: 0.45, idle: 0.25, fit: 0.1, load: 0.1, fairness: 0.1 } as const;

/** A detour of this many kilometres halves the distance part. */
const HALF_DISTANCE_KM = 120;
/** A wait of this many minutes halves the idle part. */
const HALF_IDLE_MINUTES = 30;
/** So many skills beyond those asked for make the fit part nothing. */
const MOST_SURPLUS_SKILLS = 10;
/** So many days without an assignment are worth half of the fairness part. */
const HALF_UNASSIGNED_DAYS = 7;

const DAY = 86_400_000;
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Parts in 0…1, higher is better; rounded to six digits so that the stored funnel compares equal everywhere. */
export function scoreOf(merits: Merits, now: number): Score {
  const daysSince =
    merits.lastAssignedAt === null ? Infinity : Math.max(0, now - merits.lastAssignedAt) / DAY;
  const distance = HALF_DISTANCE_KM / (HALF_DISTANCE_KM + merits.detourKm);
  const load = 1 - Math.min(1, merits.load);
  const fairness = daysSince === Infinity ? 1 : daysSince / (daysSince + HALF_UNASSIGNED_DAYS);
  const fit = 1 - Math.min(1, merits.surplusSkills / MOST_SURPLUS_SKILLS);
  const idle = HALF_IDLE_MINUTES / (HALF_IDLE_MINUTES + merits.waitMinutes);
  const total =
    WEIGHTS.distance * distance +
    WEIGHTS.idle * idle +
    WEIGHTS.fit * fit +
    WEIGHTS.load * load +
    WEIGHTS.fairness * fairness;
  return {
    total: round(total),
    distance: round(distance),
    load: round(load),
    fairness: round(fairness),
    fit: round(fit),
    idle: round(idle),
    detourKm: round(merits.detourKm),
  };
}

/** Extra kilometres a job adds between its neighbours; home stands in for a missing one. */
export function detourKm(day: TechnicianDay, place: Place, start: number, travel: TravelTime): number {
  const [before, after] = neighbours(day.stops, start);
  const from = before?.place ?? day.home;
  const to = after?.place ?? day.home;
  return Math.max(0, travel.km(from, place) + travel.km(place, to) - travel.km(from, to));
}

/** Minutes a technician would wait for the start after arriving from the job before; 0 for the first job of the day. */
export function waitMinutes(day: TechnicianDay, place: Place, start: number, travel: TravelTime): number {
  const [before] = neighbours(day.stops, start);
  return before ? Math.max(0, start - before.endsAt - travel.ms(before.place, place)) / MINUTE : 0;
}

const length = (ranges: readonly { from: number; to: number }[]): number =>
  ranges.reduce((sum, range) => sum + range.to - range.from, 0);

/** Booked time divided by working time of a day. */
export const loadOf = ({ stops, spans }: { stops: readonly Stop[]; spans: TechnicianDay['spans'] }): number =>
  length(stops.map((stop) => ({ from: stop.startsAt, to: stop.endsAt }))) / Math.max(1, length(spans));
