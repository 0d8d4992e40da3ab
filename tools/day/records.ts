import { queryRows, reading } from '@orion/access';
import { type BookedJob } from './calendar-audit';

const JOBS = `
  SELECT o.number, o.state AS order_state, b.state AS booking_state, t.id AS technician_id, t.name AS technician_name,
         t.latitude AS home_latitude, t.longitude AS home_longitude, o.latitude, o.longitude, o.skills,
         o.earliest_start, o.latest_start, b.starts_at, b.ends_at,
         ARRAY(SELECT s.skill FROM technician_skill s
                WHERE s.organization_id = t.organization_id AND s.technician_id = t.id) AS technician_skills,
         s.shift_from, s.shift_to
    FROM booking b
    JOIN service_order o ON o.organization_id = b.organization_id AND o.id = b.service_order_id
    JOIN technician t ON t.organization_id = b.organization_id AND t.id = b.technician_id
    JOIN work_team w ON w.organization_id = t.organization_id AND w.id = t.work_team_id
    JOIN business_unit u ON u.organization_id = w.organization_id AND u.id = w.business_unit_id
    LEFT JOIN LATERAL (
         SELECT (day.local::date + make_interval(mins => min(h.from_minute))) AT TIME ZONE u.timezone AS shift_from,
                (day.local::date + make_interval(mins => max(h.to_minute))) AT TIME ZONE u.timezone AS shift_to
           FROM (SELECT b.starts_at AT TIME ZONE u.timezone AS local) day
           JOIN technician_shift h ON h.organization_id = t.organization_id AND h.technician_id = t.id
            AND h.weekday = extract(isodow FROM day.local)
          GROUP BY day.local) s ON true
   WHERE b.organization_id = $1 AND b.active
   ORDER BY b.starts_at, b.id`;

export const bookedJobs = (url: string, organizationId: string): Promise<BookedJob[]> =>
  queryRows(url, JOBS, [organizationId]).then((rows) =>
    rows.map((row) => ({
      orderNumber: String(row['number']),
      orderState: String(row['order_state']),
      bookingState: String(row['booking_state']),
      technicianId: String(row['technician_id']),
      technicianName: String(row['technician_name']),
      home: { latitude: Number(row['home_latitude']), longitude: Number(row['home_longitude']) },
      technicianSkills: row['technician_skills'] as string[],
      shiftFrom: (row['shift_from'] as Date | null) ?? new Date(Number.NaN),
      shiftTo: (row['shift_to'] as Date | null) ?? new Date(Number.NaN),
      skills: row['skills'] as string[],
      place: { latitude: Number(row['latitude']), longitude: Number(row['longitude']) },
      earliestStart: row['earliest_start'] as Date,
      latestStart: row['latest_start'] as Date,
      startsAt: row['starts_at'] as Date,
      endsAt: row['ends_at'] as Date,
    })),
  );

export interface Sendings {
  /** Notification ids by state. */
  notifications: Map<string, string>;
  /** Webhook deliveries of the organization. */
  deliveries: { id: string; subscriptionId: string; eventId: string; state: string }[];
}

export const sendings = (url: string, organizationId: string): Promise<Sendings> =>
  reading(url, async (query) => {
    const notifications = await query('SELECT id, state FROM notification WHERE organization_id = $1', [
      organizationId,
    ]);
    const deliveries = await query(
      'SELECT id, subscription_id, event_id, state FROM webhook_delivery WHERE organization_id = $1',
      [organizationId],
    );
    return {
      notifications: new Map(notifications.map((row) => [String(row['id']), String(row['state'])])),
      deliveries: deliveries.map((row) => ({
        id: String(row['id']),
        subscriptionId: String(row['subscription_id']),
        eventId: String(row['event_id']),
        state: String(row['state']),
      })),
    };
  });
