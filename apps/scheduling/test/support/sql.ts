import type { TestService } from '@orion/testing';
import { Client } from 'pg';

/** Runs one statement past the service, as the worker role (sees bookings of all organizations) or another. */
export async function sql<T extends object>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Makes a hold's time be over. */
export const expireNow = (service: TestService, bookingId: string) =>
  sql(
    service.database.workerUrl,
    `UPDATE booking SET expires_at = now() - interval '1 second' WHERE id = $1`,
    [bookingId],
  );

export interface Told {
  type: string;
  data: Record<string, unknown>;
}

/** Events in the outbox about an aggregate, in order, without prefix and version. */
export async function eventsAbout(service: TestService, subject: string): Promise<Told[]> {
  const rows = await sql<{ envelope: string }>(
    service.database.workerUrl,
    'SELECT envelope FROM platform.outbox WHERE aggregate_id = $1 ORDER BY sequence',
    [subject],
  );
  return rows
    .map(({ envelope }) => JSON.parse(envelope) as Told)
    .map(({ type, data }) => ({ type: type.replace('orion.scheduling.', '').replace('.v1', ''), data }));
}

/** Pairs of active bookings of one technician that overlap; there must be none. */
export const overlaps = (service: TestService) =>
  sql(
    service.database.workerUrl,
    `SELECT a.id, b.id AS other FROM booking a JOIN booking b
       ON a.technician_id = b.technician_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
     WHERE a.active AND b.active`,
  );
