import type { Tx } from '../shared/tx.types';

export interface TechnicianDate {
  technicianId: string;
  /** YYYY-MM-DD */
  day: string;
}

const byKey = (a: TechnicianDate, b: TechnicianDate): number =>
  a.technicianId === b.technicianId ? (a.day < b.day ? -1 : 1) : a.technicianId < b.technicianId ? -1 : 1;

/**
 * Locks days of technicians and raises their versions, always in the same order. Whoever holds a day's row is alone in
 * placing something on that day, so travel to the neighbours can be checked and stays true.
 */
export async function raiseDays(
  tx: Tx,
  organizationId: string,
  days: readonly TechnicianDate[],
): Promise<void> {
  for (const { technicianId, day } of [...days].sort(byKey)) {
    await tx.$executeRaw`
      INSERT INTO calendar_day (organization_id, technician_id, day, version)
      VALUES (${organizationId}::uuid, ${technicianId}::uuid, ${day}::date, 1)
      ON CONFLICT (organization_id, technician_id, day) DO UPDATE SET version = calendar_day.version + 1`;
  }
}

export const dayText = (day: Date): string => day.toISOString().slice(0, 10);
