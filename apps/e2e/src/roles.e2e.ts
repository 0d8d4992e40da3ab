import { beforeAll, describe, expect, it } from '@jest/globals';
import { addMember, ENDPOINTS, API_PREFIX, pathOf, SEEDED_ROLES, type SeededRole } from '@orion/contracts';
import { type Account, newAccount, signIn } from './support/account';
import { eventually } from './support/eventually';
import { platformUrl } from './support/platform';

const NOBODY = '0193b3a0-0000-7000-8000-00000000dead';

type Endpoint = (typeof ENDPOINTS)[number];

const members = new Map<string, Account>();

/** Somebody who holds just this role in the admin's organization. */
async function memberWith(role: SeededRole, { client, organizationId }: Account): Promise<Account> {
  const { email, password } = await newAccount(`Role ${role.name}`);
  await client.call(addMember, { params: { id: organizationId }, body: { email, roles: [role.id] } });
  return eventually(() => signIn(email, password, organizationId));
}

beforeAll(async () => {
  const admin = await newAccount('Role Walk');
  members.set('admin', admin);
  for (const role of SEEDED_ROLES)
    if (role.id !== 'admin') members.set(role.id, await memberWith(role, admin));
});

/** A call that harms nothing: ids of nobody, an empty body. Only whether it is let in counts. */
async function statusOf(endpoint: Endpoint, { token }: Account): Promise<number> {
  const leave = new AbortController();
  const sendsBody = endpoint.method !== 'GET' && endpoint.method !== 'DELETE';
  const response = await fetch(platformUrl + API_PREFIX + pathOf(endpoint, { id: NOBODY }), {
    method: endpoint.method,
    signal: leave.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(sendsBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(sendsBody ? { body: '{}' } : {}),
  });
  leave.abort();
  return response.status;
}

const mayCall = ({ access }: Endpoint, role: SeededRole): boolean =>
  access === 'public' || access === 'authenticated' || role.permissions.includes(access);

/** Sign-in and its kin answer 401 for credentials that are none, whoever asks. */
const judgesCredentials = (endpoint: Endpoint): boolean => endpoint.access === 'public';

describe('every endpoint lets in who holds its permission, and nobody else', () => {
  it.each(SEEDED_ROLES.map((role) => [role.name, role] as const))('%s', async (_, role) => {
    const member = members.get(role.id);
    if (!member) throw new Error(`nobody holds ${role.id}`);
    const faults: string[] = [];
    for (const endpoint of ENDPOINTS) {
      const status = await statusOf(endpoint, member);
      const name = `${endpoint.method} ${endpoint.path} (${endpoint.access}): ${status}`;
      if (status >= 500 || status === 429) faults.push(name);
      else if (!mayCall(endpoint, role)) {
        if (status !== 403) faults.push(`${name}, not refused`);
      } else if (status === 403 || (status === 401 && !judgesCredentials(endpoint)))
        faults.push(`${name}, refused`);
    }
    expect(faults).toEqual([]);
  });
});
