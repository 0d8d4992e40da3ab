import { type Place } from '@orion/contracts';
import { type Instance } from './instance';

/** One time unit of the instance is 90 s: at 40 km/h that is the time for one distance unit, 1 km. */
export const SECONDS_PER_UNIT = 90;
export const SPEED_KMH = 40;
export const DETOUR_FACTOR = 1;

const LYON: Place = { latitude: 45.764, longitude: 4.8357 };
const EARTH_RADIUS_KM = 6371.0088;
const KM_PER_DEGREE = (Math.PI / 180) * EARTH_RADIUS_KM;

/** Lays the instance's plane around Lyon, its depot in the centre, one distance unit to the kilometre. */
export function toPlace(instance: Instance, at: { x: number; y: number }): Place {
  const latitude = LYON.latitude + (at.y - instance.depot.y) / KM_PER_DEGREE;
  const longitude =
    LYON.longitude + (at.x - instance.depot.x) / (KM_PER_DEGREE * Math.cos((LYON.latitude * Math.PI) / 180));
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) };
}

export const toMinutes = (units: number): number => (units * SECONDS_PER_UNIT) / 60;

/** `instant` of the day's start plus time units, RFC 3339 in UTC. */
export const toInstant = (dayStart: string, units: number): string =>
  new Date(Date.parse(dayStart) + units * SECONDS_PER_UNIT * 1000).toISOString();

/** Time of day after so many units from 08:00, as HH:MM, cut to the minute. */
export function toLocalTime(units: number): string {
  const minutes = 8 * 60 + Math.floor(toMinutes(units));
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export const toSkills = (it: { skills: number[]; tools: number[] }): string[] => [
  ...it.skills.map((n) => `skill-${n}`),
  ...it.tools.map((n) => `tool-${n}`),
];

/** Great-circle distance in kilometres (haversine, mean earth radius of IUGG). */
export function kilometres(a: Place, b: Place): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
}

export const travelMs = (a: Place, b: Place): number =>
  ((kilometres(a, b) * DETOUR_FACTOR) / SPEED_KMH) * 3_600_000;
