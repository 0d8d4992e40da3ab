import type { Platform } from '@orion/access';
import type { TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Stands in the inbox for what housekeeping has to remove. */
export const FORGETTABLE = 'forgettable';

const AGE = [
  `UPDATE platform.outbox SET created_at = created_at - $1 * interval '1 day',
                              published_at = published_at - $1 * interval '1 day'`,
  `UPDATE platform.inbox SET received_at = received_at - $1 * interval '1 day'`,
];

const LEAVE = `
  INSERT INTO platform.inbox (consumer, event_id, organization_id, received_at)
  VALUES ('${FORGETTABLE}', $1::uuid, $1::uuid, clock_timestamp() - interval '31 days')`;

/**
 * Lets days go by for a database: all of its outbox and inbox is so much older. Beside it an inbox row is left that
 * is old enough to be forgotten, so that one can see when housekeeping has been there.
 */
export async function letPass(platform: Platform, { auditUrl }: TestDatabase, days: number): Promise<void> {
  const address = new URL(platform.postgres.adminUrl);
  address.pathname = new URL(auditUrl).pathname;
  const client = new Client({ connectionString: address.toString() });
  await client.connect();
  try {
    for (const text of AGE) await client.query(text, [days]);
    await client.query(LEAVE, [randomUUID()]);
  } finally {
    await client.end();
  }
}
