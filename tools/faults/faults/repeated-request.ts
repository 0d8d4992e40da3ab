import { type Platform, queryRows } from '@orion/access';
import { createCustomer, listOrganizations } from '@orion/contracts';
import { eventAudit, newOrganization } from './organization';

const ADDRESS = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };

/** One keyed request, made so often at the same moment on the running platform. */
export async function repeatedRequest(platform: Platform, times: number): Promise<string> {
  const { id, client } = await newOrganization(platform, 'repeat');
  // Its sign-in is an event, too.
  await client.call(listOrganizations, {});
  const before = (await eventAudit(platform, id, 30_000)).events;
  const create = () =>
    client.call(createCustomer, { body: { name: 'The one', address: ADDRESS } }, 'fault-14');
  const replies = await Promise.all(Array.from({ length: times }, create));
  const different = new Set(replies.map((it) => JSON.stringify(it))).size;
  if (different !== 1) throw new Error(`one key was answered in ${different} ways`);
  const [row] = await queryRows(
    platform.postgres.auditUrls['scheduling'] ?? '',
    'SELECT count(*)::int AS n FROM customer WHERE organization_id = $1',
    [id],
  );
  if (row?.['n'] !== 1) throw new Error(`${String(row?.['n'])} customers of one key`);
  const { faults, events } = await eventAudit(platform, id, 60_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  if (events !== before + 1) throw new Error(`one keyed request published ${events - before} events`);
  return `one keyed request ${times} times at once: 1 customer, 1 event, 1 answer`;
}
