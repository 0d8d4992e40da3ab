import type { Place } from '@orion/contracts';
import { placeOf } from '../shared/address';
import type { Tx } from '../shared/tx.types';
import type { Stop } from './technician-day';

interface StopRow {
  technicianId: string;
  startsAt: Date;
  endsAt: Date;
  latitude: number;
  longitude: number;
  held: boolean;
}

export type Stops = ReadonlyMap<string, readonly Stop[]>;

/** No booking is longer; it bounds the index range from below. */
const LONGEST_MS = 24 * 3_600_000;

/**
 * Bookings and live holds of all the technicians between two instants, in one query whatever their number; expired
 * holds are left out.
 * @param except a booking to look past, as if it were not there
 */
export async function loadStops(
  tx: Tx,
  organizationId: string,
  technicianIds: readonly string[],
  { from, to, except = null }: { from: number; to: number; except?: string | null },
): Promise<Stops> {
  const rows = await tx.$queryRaw<StopRow[]>`
    SELECT technician_id AS "technicianId", starts_at AS "startsAt", ends_at AS "endsAt", latitude, longitude,
      state = 'PRE_BOOKED' AS held
    FROM booking
    WHERE organization_id = ${organizationId}::uuid AND technician_id = ANY(${[...technicianIds]}::uuid[]) AND active
      AND starts_at < ${new Date(to)}::timestamptz AND starts_at > ${new Date(from - LONGEST_MS)}::timestamptz
      AND ends_at > ${new Date(from)}::timestamptz
      AND (state = 'CONFIRMED' OR expires_at > clock_timestamp())
      AND (${except}::uuid IS NULL OR id <> ${except}::uuid)
    ORDER BY technician_id, starts_at`;
  const stops = new Map<string, Stop[]>();
  for (const row of rows) {
    const place: Place = placeOf(row);
    const stop = { startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime(), place, held: row.held };
    const before = stops.get(row.technicianId);
    if (before) before.push(stop);
    else stops.set(row.technicianId, [stop]);
  }
  return stops;
}
