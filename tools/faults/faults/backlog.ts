import type { TestDatabase } from '@orion/database';
import { Client } from 'pg';
import { thingHappened } from '../src/task';

const THINGS = `
  INSERT INTO thing (id, organization_id, version)
  SELECT gen_random_uuid(), $1::uuid, $2::int FROM generate_series(1, $3::int)`;

const SEQUENCES = `
  INSERT INTO platform.aggregate_sequence (organization_id, aggregate_id, last)
  SELECT organization_id, id::text, version FROM thing`;

/** In the order in which the things would have changed: each of them once, then each once more, and so on. */
const EVENTS = `
  INSERT INTO platform.outbox (id, organization_id, aggregate_id, sequence, type, envelope)
  SELECT event, organization_id, thing, sequence, $1::text,
         json_build_object('specversion', '1.0', 'id', event, 'source', '/orion/gateway', 'type', $1::text,
           'time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'subject', thing, 'datacontenttype', 'application/json', 'organizationid', organization_id,
           'correlationid', 'fault-17', 'data', json_build_object('thingId', thing, 'tags', $2::text[]))::text
    FROM (SELECT gen_random_uuid() AS event, organization_id, id::text AS thing, sequence
            FROM thing CROSS JOIN LATERAL generate_series(1, version) AS sequence
           ORDER BY sequence, id) waiting`;

/** Brings an event to about 1 KiB. */
const TAGS = Array.from({ length: 40 }, (_, n) => `a tag of a thing ${n}`.padEnd(20));

/** Things that changed so often while the relay was away: as the outbox would have it, but quicker. */
export async function leaveBacklog(
  { url }: TestDatabase,
  organizationId: string,
  { things, changes }: { things: number; changes: number },
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('orion.organization_id', $1, true)", [organizationId]);
    await client.query(THINGS, [organizationId, changes, things]);
    await client.query(SEQUENCES);
    await client.query(EVENTS, [thingHappened.type, TAGS]);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
