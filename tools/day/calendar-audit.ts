import { type Place } from '@orion/contracts';
import { kilometres, travelMs } from './conversion';

export interface BookedJob {
  orderNumber: string;
  orderState: string;
  bookingState: string;
  technicianId: string;
  technicianName: string;
  home: Place;
  technicianSkills: string[];
  shiftFrom: Date;
  shiftTo: Date;
  skills: string[];
  place: Place;
  earliestStart: Date;
  latestStart: Date;
  startsAt: Date;
  endsAt: Date;
}

/** Milliseconds by which times may differ for rounding of places and instants. */
const TOLERANCE_MS = 1_000;

const before = (a: Date, b: Date, neededMs = 0): boolean =>
  a.getTime() + neededMs <= b.getTime() + TOLERANCE_MS;

export const unmetSkills = (jobs: readonly BookedJob[]): string[] =>
  jobs
    .filter((job) => !job.skills.every((skill) => job.technicianSkills.includes(skill)))
    .map(
      (job) =>
        `${job.orderNumber} needs ${job.skills.join(',')}, ${job.technicianName} has ${job.technicianSkills.join(',')}`,
    );

export const missedWindows = (jobs: readonly BookedJob[]): string[] =>
  jobs
    .filter((job) => !before(job.earliestStart, job.startsAt) || !before(job.startsAt, job.latestStart))
    .map((job) => `${job.orderNumber} starts at ${job.startsAt.toISOString()}`);

/** Each technician's jobs of the day, in order. */
export function tours(jobs: readonly BookedJob[]): BookedJob[][] {
  const byTechnician = Map.groupBy(jobs, (job) => job.technicianId);
  return [...byTechnician.values()].map((own) =>
    own.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime()),
  );
}

export const overlaps = (jobs: readonly BookedJob[]): string[] =>
  tours(jobs).flatMap((tour) =>
    tour.slice(1).flatMap((job, index) => {
      const previous = tour[index];
      return previous && job.startsAt < previous.endsAt
        ? [`${previous.orderNumber} and ${job.orderNumber} of ${job.technicianName}`]
        : [];
    }),
  );

/** Ways that take longer than the time between two jobs, or between home and the first or last one within the shift. */
export function impossibleWays(jobs: readonly BookedJob[]): string[] {
  return tours(jobs).flatMap((tour) => {
    const [first] = tour;
    const last = tour.at(-1);
    if (!first || !last) return [];
    const faults: string[] = [];
    if (!before(first.shiftFrom, first.startsAt, travelMs(first.home, first.place)))
      faults.push(`home to ${first.orderNumber}`);
    if (!before(last.endsAt, last.shiftTo, travelMs(last.place, last.home)))
      faults.push(`${last.orderNumber} to home`);
    for (const [index, job] of tour.slice(1).entries()) {
      const previous = tour[index];
      if (previous && !before(previous.endsAt, job.startsAt, travelMs(previous.place, job.place))) {
        faults.push(`${previous.orderNumber} to ${job.orderNumber}`);
      }
    }
    return faults;
  });
}

/** Kilometres of all tours, from home and back. */
export const travelKm = (jobs: readonly BookedJob[]): number =>
  tours(jobs).reduce((sum, tour) => {
    const stops = tour.map((job) => job.place);
    const home = tour[0]?.home;
    const way = home ? [home, ...stops, home] : [];
    return sum + way.slice(1).reduce((km, stop, index) => km + kilometres(way[index] ?? stop, stop), 0);
  }, 0);
