import type { Place } from '@orion/contracts';

/** Mean radius of the Earth R1 = (2a + b) / 3 of WGS 84, in kilometres (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;

/** How far and how long one travels; a routing server can stand behind it. */
export interface TravelTime {
  /** Road kilometres. */
  km(from: Place, to: Place): number;
  /** Milliseconds, in whole seconds. */
  ms(from: Place, to: Place): number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres by the haversine formula (Sinnott 1984). */
export function greatCircleKm(from: Place, to: Place): number {
  const latitude = Math.sin(radians(to.latitude - from.latitude) / 2);
  const longitude = Math.sin(radians(to.longitude - from.longitude) / 2);
  const h =
    latitude ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * longitude ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

export interface TravelSettings {
  readonly travelSpeedKmh: number;
  /** Road distance divided by straight-line distance. */
  readonly detourFactor: number;
}

/**
 * Straight line × detour factor ÷ speed, to the nearest second: no estimate is truer than that, and a way of exactly a
 * quarter of an hour must not miss its slot by the last digit of a coordinate.
 */
export function straightLine({ travelSpeedKmh, detourFactor }: TravelSettings): TravelTime {
  const km = (from: Place, to: Place): number => greatCircleKm(from, to) * detourFactor;
  return { km, ms: (from, to) => Math.round((km(from, to) / travelSpeedKmh) * 3_600) * 1_000 };
}
