import { type Platform } from '@orion/access';
import { API_PREFIX, createCustomer, listCustomers, listMembers, listOrganizations } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import type { Organization } from './organization';

const ROUNDS = 20;
const AT_ONCE = 40;
const LONGEST_MS = 15;

const customer = (name: string) => ({
  name,
  address: { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } },
});

/** Requests whose caller leaves at some moment of the transaction; what becomes of each does not matter. */
async function abandon(base: string, { token }: Organization): Promise<void> {
  const calls = Array.from({ length: AT_ONCE }, (_, index) =>
    fetch(base + API_PREFIX + createCustomer.path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(customer(`Abandoned ${index}`)),
      signal: AbortSignal.timeout(1 + Math.floor(Math.random() * LONGEST_MS)),
    }).catch(() => undefined),
  );
  await Promise.all(calls);
}

async function bodiesOf(base: string, { id, token }: Organization): Promise<string> {
  const paths = [
    `${listCustomers.path}?limit=200`,
    listOrganizations.path,
    listMembers.path.replace(':id', id),
  ];
  const texts = await Promise.all(
    paths.map(async (path) => {
      const response = await fetch(base + API_PREFIX + path, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return response.text();
    }),
  );
  return texts.join('\n');
}

/**
 * Aborts requests of one organization by the hundred and reads as another over the same pools.
 * @throws Error where the other sees anything of the first
 */
export async function abortAndRead(
  platform: Platform,
  one: Organization,
  other: Organization,
): Promise<{ aborted: number; reads: number }> {
  const scheduling = platform.serviceUrls['scheduling'] ?? platform.url;
  await other.client.call(createCustomer, { body: customer('Our own customer') });
  for (let round = 0; round < ROUNDS; round += 1) {
    const [text] = await Promise.all([bodiesOf(platform.url, other), abandon(scheduling, one)]);
    const after = await bodiesOf(platform.url, other);
    for (const seen of [text, after]) {
      if (seen.includes(one.id) || seen.includes('Abandoned'))
        throw new Error('after aborted requests another organization’s rows were seen');
      if (!seen.includes('Our own customer')) throw new Error('after aborted requests own rows were missed');
    }
  }
  return { aborted: ROUNDS * AT_ONCE, reads: ROUNDS * 2 * 3 };
}
