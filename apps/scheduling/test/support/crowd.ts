import type { TestService } from '@orion/testing';
import { adminUrl } from './plans';
import { sql } from './sql';

const ID = `md5($1 || t || i)::uuid`;

/** Fills an organization with thousands of rows, straight into the tables, and refreshes the planner's statistics. */
export async function crowd(
  service: TestService,
  { organizationId, unitId, teamId }: { organizationId: string; unitId: string; teamId: string },
): Promise<void> {
  const run = (text: string, more: string[] = []) =>
    sql(adminUrl(service), text.replaceAll(':id', ID), [organizationId, ...more]);
  await run(`INSERT INTO customer (id, organization_id, name, language, street, postal_code, city, country, latitude, longitude, external_id)
    SELECT :id, $1::uuid, 'Customer ' || i, 'en', '', '', '', 'FR', 45, 5, 'C-' || i FROM generate_series(1, 3000) i, (VALUES ('c')) v(t)`);
  await run(
    `INSERT INTO technician (id, organization_id, work_team_id, name, latitude, longitude)
    SELECT :id, $1::uuid, $2::uuid, 'Technician ' || i, 45, 5 FROM generate_series(1, 100) i, (VALUES ('t')) v(t)`,
    [teamId],
  );
  await run(`INSERT INTO technician_skill (organization_id, technician_id, skill)
    SELECT $1::uuid, md5($1 || 't' || i)::uuid, 'skill-' || s FROM generate_series(1, 100) i, generate_series(1, 10) s`);
  await run(`INSERT INTO technician_shift (organization_id, technician_id, position, weekday, from_minute, to_minute)
    SELECT $1::uuid, md5($1 || 't' || i)::uuid, d, d, 480, 1080 FROM generate_series(1, 100) i, generate_series(1, 7) d`);
  await run(
    `INSERT INTO service_order (id, organization_id, number, business_unit_id, customer_id, customer_name, state, kind, title, instructions,
      street, postal_code, city, country, latitude, longitude, skills, duration_minutes, earliest_start, latest_start, attributes)
    SELECT md5($1 || 'o' || i)::uuid, $1::uuid, 'SO-' || i, $2::uuid, md5($1 || 'c' || 1 + i % 3000)::uuid, 'Customer ' || 1 + i % 3000,
      (ARRAY['CREATED', 'SCHEDULED', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'])[1 + i % 7], 'REPAIR', 'Boiler ' || md5(i::text), '', '', '', '', 'FR', 45, 5, '{}',
      60, '2030-01-01'::timestamptz + i * interval '1 hour', '2030-01-02'::timestamptz + i * interval '1 hour', '{}' FROM generate_series(1, 8000) i`,
    [unitId],
  );
  await run(`INSERT INTO booking (id, organization_id, service_order_id, technician_id, customer_id, state, starts_at, ends_at, day, latitude, longitude,
      expires_at, funnel, created_by)
    SELECT md5($1 || 'b' || i)::uuid, $1::uuid, md5($1 || 'o' || i)::uuid, md5($1 || 't' || 1 + i % 100)::uuid, md5($1 || 'c' || 1 + i % 3000)::uuid,
      CASE WHEN i % 20 = 0 THEN 'PRE_BOOKED' ELSE 'CONFIRMED' END, s, s + interval '1 hour', s::date, 45, 5,
      CASE WHEN i % 20 = 0 THEN now() + i * interval '1 minute' END, '{}', $1::uuid
    FROM (SELECT i, '2030-01-01'::timestamptz + (i / 100) * interval '2 hours' AS s FROM generate_series(1, 8000) i) x`);
  // Empties the pending list of GIN indexes, too: planners shun an index that has a long one.
  await sql(adminUrl(service), 'VACUUM (ANALYZE)');
}
