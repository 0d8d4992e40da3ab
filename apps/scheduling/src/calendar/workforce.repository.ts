import type { Place } from '@orion/contracts';
import { placeOf } from '../shared/address';
import type { Tx } from '../shared/tx.types';
import type { WeeklyShift } from './technician-day';

/** A technician as search and funnel see one. */
export interface Worker {
  id: string;
  name: string;
  home: Place;
  /** Why the technician cannot be asked at all; null for an active one. */
  inactive: string | null;
  skills: ReadonlySet<string>;
  shifts: readonly WeeklyShift[];
  lastAssignedAt: number | null;
}

interface WorkerRow {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  inactive: string | null;
  skills: string[];
  shifts: WeeklyShift[];
  lastAssignedAt: Date | null;
}

/** All technicians of a business unit with skills and shifts, archived ones too, in one query. */
export async function loadWorkforce(
  tx: Tx,
  organizationId: string,
  businessUnitId: string,
): Promise<Worker[]> {
  const rows = await tx.$queryRaw<WorkerRow[]>`
    SELECT t.id, t.name, t.latitude, t.longitude, t.last_assigned_at AS "lastAssignedAt",
      CASE WHEN t.archived THEN 'is archived' WHEN w.archived THEN 'the work team is archived'
        WHEN p.archived THEN 'the provider is archived' END AS inactive,
      ARRAY(SELECT s.skill FROM technician_skill s
        WHERE s.organization_id = t.organization_id AND s.technician_id = t.id) AS skills,
      coalesce((SELECT jsonb_agg(jsonb_build_object('weekday', h.weekday, 'from', h.from_minute, 'to', h.to_minute))
        FROM technician_shift h WHERE h.organization_id = t.organization_id AND h.technician_id = t.id), '[]') AS shifts
    FROM work_team w
    JOIN technician t ON t.organization_id = w.organization_id AND t.work_team_id = w.id
    JOIN provider p ON p.organization_id = w.organization_id AND p.id = w.provider_id
    WHERE w.organization_id = ${organizationId}::uuid AND w.business_unit_id = ${businessUnitId}::uuid
    ORDER BY t.id`;
  return rows.map(({ skills, lastAssignedAt, ...row }) => ({
    id: row.id,
    name: row.name,
    home: placeOf(row),
    inactive: row.inactive,
    skills: new Set(skills),
    shifts: row.shifts,
    lastAssignedAt: lastAssignedAt?.getTime() ?? null,
  }));
}
