import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, createClient } from '@orion/client';
import {
  createApiKey,
  type Endpoint,
  listActivity,
  listCustomers,
  listRoles,
  listServiceOrders,
  listUsers,
  type Permission,
  type Reply,
  revokeApiKey,
  rotateApiKey,
} from '@orion/contracts';
import { type Account, newAccount } from './support/account';
import { eventually } from './support/eventually';
import { platformUrl } from './support/platform';

/** One of each of these services, by the permission a key needs for it. */
const CALLS: [Permission, Endpoint][] = [
  ['role.view', listRoles],
  ['member.view', listUsers],
  ['service-order.view', listServiceOrders],
  ['activity.view', listActivity],
];

let us: Account;
let made: Reply<typeof createApiKey>;
let latest: Reply<typeof rotateApiKey>;

const clientOf = (key: string): Client => createClient({ baseUrl: platformUrl, token: () => key });

/** What each service answers: `ok` or the code of its refusal. */
const answers = (key: string): Promise<string[]> =>
  Promise.all(
    CALLS.map(([, endpoint]) =>
      clientOf(key)
        .call(endpoint, {} as never)
        .then(
          () => 'ok',
          (error: { code: string }) => error.code,
        ),
    ),
  );
const everywhere = (answer: string): string[] => CALLS.map(() => answer);

beforeAll(async () => {
  us = await newAccount('Integrator');
  made = await us.client.call(createApiKey, {
    body: { name: 'ERP', owner: 'organization', scopes: CALLS.map(([permission]) => permission) },
  });
});

describe('an integrator with an API key', () => {
  it('reaches every service with what the key was given, and nothing else', async () => {
    expect(await answers(made.key)).toEqual(everywhere('ok'));
    await expect(clientOf(made.key).call(listCustomers, { query: {} })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('changes over to another secret while the one before goes on', async () => {
    latest = await us.client.call(rotateApiKey, { params: { id: made.id }, body: { overlapHours: 1 } });
    expect(await answers(latest.key)).toEqual(everywhere('ok'));
    expect(await answers(made.key)).toEqual(everywhere('ok'));
  });

  it('is kept out of all services within five seconds once the key is revoked', async () => {
    await us.client.call(revokeApiKey, { params: { id: made.id } });
    const out = async (key: string) => expect(await answers(key)).toEqual(everywhere('UNAUTHENTICATED'));
    await eventually(() => Promise.all([out(made.key), out(latest.key)]), 5_000);
  });
});
