import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_PREFIX, ENDPOINTS, pathOf, Problem, SEEDED_ROLES, type SeededRole } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import type { Account } from './support/account';
import { plausible, STRANGERS } from './support/bad-requests';
import { foreignRows } from './support/foreign-rows';
import { type Document, type Operation, operationsOf, readDocument } from './support/openapi-document';
import { platformUrl } from './support/platform';
import { roleMembers } from './support/role-members';

const NOBODY = '0193b3a0-0000-7000-8000-00000000dead';

type Endpoint = (typeof ENDPOINTS)[number];

let document: Document;
let operations: ReadonlyMap<string, Operation>;
let members: ReadonlyMap<string, Account>;
let foreign: ReadonlyMap<string, string>;
let tried = 0;

beforeAll(async () => {
  document = await readDocument();
  operations = new Map(operationsOf(document).map((it) => [it.id, it]));
  members = await roleMembers();
  foreign = await foreignRows();
}, 180_000);

afterAll(() => {
  process.stdout.write(`${tried} combinations of endpoint, role and organization tried\n`);
});

/** Where a request made from the schemas alone is not one an endpoint takes. */
const BODIES: Record<string, object> = {
  'auth.passkeys.remove': { password: 'not the right one' },
  'technicians.change': { name: 'Somebody else' },
  'webhooks.subscriptions.change': { description: 'Somebody else’s' },
  'webhooks.subscriptions.replace': { url: 'https://receiver.e2e.example/hook', eventTypes: ['*'] },
};
const QUERIES: Record<string, string> = { 'business-units.holidays': '?year=2031' };

const valid = ({ id }: Endpoint): { body?: string } =>
  BODIES[id] ? { body: JSON.stringify(BODIES[id]) } : {};

interface Answer {
  status: number;
  /** The problem without what differs from call to call. */
  body: unknown;
}

async function ask(endpoint: Endpoint, headers: Record<string, string>, id?: string): Promise<Answer> {
  const operation = operations.get(endpoint.id);
  if (!operation) throw new Error(`${endpoint.id} is not in the document`);
  const request = { ...plausible(document, operation, id), ...valid(endpoint) };
  const leave = new AbortController();
  const response = await fetch(platformUrl + request.path + (QUERIES[endpoint.id] ?? ''), {
    method: request.method,
    signal: leave.signal,
    headers: {
      ...request.headers,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const problem = response.status >= 400 ? Problem.safeParse(await response.json()) : undefined;
  leave.abort();
  if (problem && !problem.success)
    return { status: response.status, body: `no problem document: ${problem.error.message}` };
  const { instance: _, correlationId: __, ...body } = problem?.data ?? {};
  return { status: response.status, body };
}

const bearer = ({ token }: Account): Record<string, string> => ({ authorization: `Bearer ${token}` });
const kindOf = ({ path }: Endpoint): string => /([\w-]+)\/:id/.exec(path)?.[1] ?? '';
const withId = ENDPOINTS.filter((it) => it.path.includes(':id'));

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
      tried += 1;
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

describe('a row of another organization', () => {
  it.each(SEEDED_ROLES.map((role) => [role.name, role] as const))(
    'is as good as missing to %s',
    async (_, role) => {
      const member = members.get(role.id);
      if (!member) throw new Error(`nobody holds ${role.id}`);
      const faults: string[] = [];
      for (const endpoint of withId) {
        const id = foreign.get(kindOf(endpoint)) ?? foreign.get('users') ?? '';
        const told = await ask(endpoint, bearer(member), id);
        const missing = await ask(endpoint, bearer(member), randomUUID());
        tried += 1;
        const name = `${endpoint.id}: ${JSON.stringify(told)}`;
        if (JSON.stringify(told) !== JSON.stringify(missing))
          faults.push(`${name}, but ${JSON.stringify(missing)} for a missing one`);
        else if (told.status !== (mayCall(endpoint, role) ? 404 : 403)) faults.push(name);
      }
      expect(faults).toEqual([]);
    },
    120_000,
  );
});

describe('without an organization', () => {
  it.each(Object.entries(STRANGERS))('nothing is open but what is public: %s', async (_, headers) => {
    const faults: string[] = [];
    for (const endpoint of ENDPOINTS.filter((it) => it.access !== 'public')) {
      const { status } = await ask(endpoint, headers);
      tried += 1;
      if (status !== 401) faults.push(`${endpoint.id}: ${status}`);
    }
    expect(faults).toEqual([]);
  });
});

describe('the organization of the token', () => {
  const reads = ENDPOINTS.filter((it) => it.method === 'GET' && !it.path.includes(':') && !it.stream);

  it.each(SEEDED_ROLES.map((role) => [role.name, role] as const))(
    'shows %s its own rows only, whatever other headers say',
    async (_, role) => {
      const member = members.get(role.id);
      if (!member) throw new Error(`nobody holds ${role.id}`);
      const headers = {
        ...bearer(member),
        'x-organization-id': foreign.get('organizations') ?? '',
        'x-user-id': foreign.get('users') ?? '',
      };
      const faults: string[] = [];
      for (const endpoint of reads) {
        const response = await fetch(platformUrl + API_PREFIX + endpoint.path, { headers });
        const text = await response.text();
        tried += 1;
        const leaked = [...foreign.values()].filter((id) => text.includes(id));
        if (leaked.length > 0) faults.push(`${endpoint.id} shows ${leaked.join(', ')}`);
        const expected = mayCall(endpoint, role) ? [200, 400] : [403];
        if (!expected.includes(response.status)) faults.push(`${endpoint.id}: ${response.status}`);
      }
      expect(faults).toEqual([]);
    },
    60_000,
  );
});

describe('the walk', () => {
  it('tried more than a thousand combinations', () => expect(tried).toBeGreaterThan(1_000));
});
