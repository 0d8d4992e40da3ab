import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_PREFIX, type Endpoint, ENDPOINTS, pathOf, permissionsOf, ROLE_IDS } from '@orion/contracts';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

const own = ENDPOINTS.filter((it) => it.service === 'user');

const OPEN = new Set<string>(['public', 'authenticated']);

async function statusOf(endpoint: Endpoint, token?: string): Promise<number> {
  const response = await fetch(user.service.url + API_PREFIX + pathOf(endpoint, { id: randomUUID() }), {
    method: endpoint.method,
    headers: {
      ...(endpoint.method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(endpoint.method === 'GET' ? {} : { body: '{}' }),
  });
  return response.status;
}

describe.each(own.map((it) => [it.id, it] as const))('%s', (_id, endpoint) => {
  it.each(ROLE_IDS)('is open to %s exactly if the role grants it', async (role) => {
    const permissions = permissionsOf([role]);
    const token = user.service.token({ userId: randomUUID(), organizationId: randomUUID(), permissions });
    const granted = OPEN.has(endpoint.access) || permissions.some((it) => it === endpoint.access);
    const status = await statusOf(endpoint, token);
    if (granted) expect([200, 400, 404]).toContain(status);
    else expect(status).toBe(403);
  });

  it(endpoint.access === 'public' ? 'is open without a token' : 'is closed without a token', async () => {
    expect(await statusOf(endpoint)).toBe(endpoint.access === 'public' ? 400 : 401);
  });
});
