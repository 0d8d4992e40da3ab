import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  acceptsKeys,
  changePassword,
  checkPermission,
  createApiKey,
  createRole,
  ENDPOINTS,
  exchangeApiKey,
  listApiKeys,
  listRoles,
  type Permission,
  type Reply,
  type Request,
  revokeApiKey,
  rotateApiKey,
  setRolePermissions,
  switchOrganization,
} from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { apiKeyHash, newApiKey, TOKEN_LIFE_S, TokenClaims } from '@orion/security';
import { codeOf, eventually, problemOf } from '@orion/testing';
import { OrganizationStateRepository } from '../src/roles/organization-state.repository';
import { type AuthHarness, startAuth } from './auth.harness';
import { joining, membershipIs, type Signed } from './members';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Key = Reply<typeof createApiKey>;
type Wish = Partial<Request<typeof createApiKey>['body']>;

const create = (who: Signed, wish: Wish = {}): Promise<Key> =>
  auth.as(who.accessToken).call(createApiKey, { body: { name: 'Sync', scopes: ['role.view'], ...wish } });
const rotate = (who: Signed, id: string, overlapHours: number) =>
  auth.as(who.accessToken).call(rotateApiKey, { params: { id }, body: { overlapHours } });
const revoke = (who: Signed, id: string) => auth.as(who.accessToken).call(revokeApiKey, { params: { id } });

async function exchange({ organizationId }: Signed, key: string) {
  const ask = { organizationId, hash: apiKeyHash(key) };
  return (await auth.service.app.get(Questions).ask(exchangeApiKey, ask)).issued;
}

/** The access token a key is good for. */
async function tokenOf(who: Signed, key: string): Promise<string> {
  const issued = await exchange(who, key);
  if (!issued) throw new Error('the key counts for nothing');
  return issued.accessToken;
}

const claimsOf = (token: string) =>
  TokenClaims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
const may = async (token: string, permission: Permission) =>
  (await auth.as(token).call(checkPermission, { query: { permission } })).granted;
const stops = (token: string) =>
  eventually(async () => expect(await codeOf(may(token, 'role.view'))).toBe('UNAUTHENTICATED'), {
    timeoutMs: 5_000,
  });

describe('a key of a person', () => {
  it('is exchanged for a token of that person with its scopes and nothing more', async () => {
    const ada = await auth.member();
    const { id, key } = await create(ada);
    const token = await tokenOf(ada, key);
    const { sub, org, key: of, iat, exp } = claimsOf(token);
    expect({ sub, org, of }).toEqual({ sub: ada.userId, org: ada.organizationId, of: id });
    expect(exp - iat).toBe(TOKEN_LIFE_S);
    await auth.as(token).call(listRoles);
    expect([await may(token, 'role.view'), await may(token, 'role.manage')]).toEqual([true, false]);
  });

  it('shrinks and grows with what a role of its owner grants, never beyond its scopes', async () => {
    const ada = await auth.member();
    const granted: Permission[] = ['api-key.create', 'role.view', 'booking.view'];
    const role = await auth.as(ada.accessToken).call(createRole, {
      body: { name: 'Clerk', permissions: granted },
    });
    const set = (permissions: Permission[]) =>
      auth.as(ada.accessToken).call(setRolePermissions, { params: { id: role.id }, body: { permissions } });
    const bob = await joining(auth, ada, [role.id]);
    const { key } = await create(bob, { scopes: ['role.view', 'booking.view'] });
    const first = await tokenOf(bob, key);
    expect([await may(first, 'role.view'), await may(first, 'booking.view')]).toEqual([true, true]);
    await set(['api-key.create', 'role.view', 'team.view']);
    await stops(first);
    const less = await tokenOf(bob, key);
    expect([
      await may(less, 'role.view'),
      await may(less, 'booking.view'),
      await may(less, 'team.view'),
    ]).toEqual([true, false, false]);
    await set(granted);
    await stops(less);
    expect(await may(await tokenOf(bob, key), 'booking.view')).toBe(true);
  });

  it('dies with a suspension, comes back with its end, and not after its owner has left', async () => {
    const ada = await auth.member();
    const bob = await joining(auth, ada, ['operator']);
    const { key } = await create(bob);
    const token = await tokenOf(bob, key);
    const roles = ['operator'];
    await membershipIs(auth, bob, { roles, active: false, suspended: true });
    expect(await exchange(bob, key)).toBeNull();
    await stops(token);
    await membershipIs(auth, bob, { roles });
    await eventually(async () => expect(await may(await tokenOf(bob, key), 'role.view')).toBe(true));
    await membershipIs(auth, bob, { roles, active: false });
    await membershipIs(auth, bob, { roles });
    expect(await exchange(bob, key)).toBeNull();
  });
});

describe('a key of the organization', () => {
  it('holds its scopes whatever becomes of who made it', async () => {
    const ada = await auth.member();
    const bob = await joining(auth, ada, ['admin']);
    const { id, key } = await create(bob, { owner: 'organization', scopes: ['role.view', 'booking.view'] });
    const token = await tokenOf(ada, key);
    expect(claimsOf(token)).toMatchObject({ sub: id, key: id, org: ada.organizationId });
    await membershipIs(auth, bob, { roles: ['admin'], active: false });
    expect(await may(await tokenOf(ada, key), 'booking.view')).toBe(true);
    expect(await may(token, 'booking.view')).toBe(true);
  });

  it('counts for nothing while the organization is deleted, but for its owner’s own', async () => {
    const ada = await auth.member();
    const [ours, own] = [await create(ada, { owner: 'organization' }), await create(ada)];
    const states = auth.service.app.get(OrganizationStateRepository, { strict: false });
    const { organizationId, userId: ownerId } = ada;
    const closed = (is: boolean, sequence: number) =>
      auth.database.tenant(organizationId, (tx) =>
        states.keep(tx, { organizationId, ownerId, closed: is, sequence }),
      );
    await closed(true, 1);
    expect(await exchange(ada, ours.key)).toBeNull();
    expect(await exchange(ada, own.key)).not.toBeNull();
    await closed(false, 2);
    expect(await exchange(ada, ours.key)).not.toBeNull();
  });
});

describe('a key that ends', () => {
  it('by being revoked is exchanged no more, and its tokens stop', async () => {
    const ada = await auth.member();
    const { id, key } = await create(ada);
    const other = await create(ada);
    const [token, untouched] = [await tokenOf(ada, key), await tokenOf(ada, other.key)];
    await revoke(ada, id);
    expect(await exchange(ada, key)).toBeNull();
    await stops(token);
    expect(await may(untouched, 'role.view')).toBe(true);
  });

  it('in the next minutes gives tokens that end with it', async () => {
    const ada = await auth.member();
    const { id, key } = await create(ada);
    const left = (seconds: number) =>
      auth.sql(
        `UPDATE api_key_secret SET expires_at = now() + $2 * interval '1 second' WHERE api_key_id = $1`,
        [id, seconds],
      );
    await left(120);
    const { iat, exp } = claimsOf(await tokenOf(ada, key));
    expect(exp - iat).toBeGreaterThan(110);
    expect(exp - iat).toBeLessThanOrEqual(120);
    await left(0.4);
    expect(claimsOf(await tokenOf(ada, key))).toBeDefined();
    await left(-1);
    expect(await exchange(ada, key)).toBeNull();
  });

  it('is refused as one nobody ever made, or of another organization', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const { key } = await create(ada);
    expect(await exchange(ada, newApiKey(ada.organizationId).key)).toBeNull();
    expect(await exchange(eve, key)).toBeNull();
    expect(await exchange({ ...ada, organizationId: randomUUID() }, key)).toBeNull();
    expect(await exchange(ada, 'orion_garbage')).toBeNull();
  });
});

describe('rotation', () => {
  it('lets the secret before work on for the overlap, also where it is done again meanwhile', async () => {
    const ada = await auth.member();
    const first = await create(ada);
    const second = await rotate(ada, first.id, 24);
    expect(second).toMatchObject({ id: first.id, previous: [{ prefix: first.prefix }] });
    const third = await rotate(ada, first.id, 1);
    expect(third.previous.map((it) => it.prefix)).toEqual([second.prefix, first.prefix]);
    for (const { key } of [first, second, third])
      expect(await exchange(ada, key)).toMatchObject({ apiKeyId: first.id });
    await auth.sql('UPDATE api_key_secret SET expires_at = now() WHERE prefix = $1', [second.prefix]);
    expect(await exchange(ada, second.key)).toBeNull();
    expect(await may(await tokenOf(ada, third.key), 'role.view')).toBe(true);
    const { items } = await auth.as(ada.accessToken).call(listApiKeys, { query: {} });
    expect(items).toMatchObject([{ prefix: third.prefix, previous: [{ prefix: first.prefix }] }]);
  });

  it('leaves four secrets before the newest at most', async () => {
    const ada = await auth.member();
    const first = await create(ada);
    const token = await tokenOf(ada, first.key);
    let latest = first;
    for (let n = 0; n < 5; n += 1) latest = await rotate(ada, first.id, 24);
    expect(latest.previous).toHaveLength(4);
    expect(await exchange(ada, first.key)).toBeNull();
    await stops(token);
  });

  it('without overlap ends the secret before at once, its tokens too', async () => {
    const ada = await auth.member();
    const first = await create(ada);
    const token = await tokenOf(ada, first.key);
    const second = await rotate(ada, first.id, 0);
    expect(second.previous).toEqual([]);
    expect(await exchange(ada, first.key)).toBeNull();
    await stops(token);
    expect(await may(await tokenOf(ada, second.key), 'role.view')).toBe(true);
  });

  it('never makes a secret outlive its key', async () => {
    const ada = await auth.member();
    const { id, expiresAt } = await create(ada, { expiresInDays: 1 });
    const { previous, ...next } = await rotate(ada, id, 168);
    expect({ until: previous[0]?.until, expiresAt: next.expiresAt }).toEqual({ until: expiresAt, expiresAt });
  });
});

describe('the last use', () => {
  it('is noted once a minute at most', async () => {
    const ada = await auth.member();
    const { id, key } = await create(ada);
    const used = async () => {
      const [row] = await auth.sql<{ at: Date; version: string }>(
        'SELECT last_used_at AS at, xmin::text AS version FROM api_key WHERE id = $1',
        [id],
      );
      return row;
    };
    await exchange(ada, key);
    const first = await used();
    expect(Date.now() - (first?.at.getTime() ?? 0)).toBeLessThan(10_000);
    await Promise.all([1, 2, 3].map(() => exchange(ada, key)));
    expect(await used()).toEqual(first);
    await auth.sql(`UPDATE api_key SET last_used_at = now() - interval '61 seconds' WHERE id = $1`, [id]);
    await exchange(ada, key);
    expect((await used())?.at.getTime()).toBeGreaterThanOrEqual(first?.at.getTime() ?? 0);
  });
});

describe('what is a person’s own', () => {
  it('is closed to keys in every endpoint but those that say otherwise', () => {
    const open = ENDPOINTS.filter((it) => it.access === 'authenticated' && acceptsKeys(it));
    expect(open.map((it) => it.id).sort()).toEqual(['permissions.check', 'permissions.list']);
    expect(ENDPOINTS.filter((it) => it.access === 'public' && acceptsKeys(it))).toEqual([]);
  });

  it('cannot be done with a key: another password, another session, another key', async () => {
    const ada = await auth.member();
    const { key, id } = await create(ada);
    const as = auth.as(await tokenOf(ada, key));
    const password = { currentPassword: 'correct horse battery', newPassword: 'wrong horse battery' };
    expect(await problemOf(as.call(changePassword, { body: password }))).toMatchObject({
      code: 'API_KEY_REFUSED',
      status: 403,
    });
    const { organizationId } = ada;
    expect(await codeOf(as.call(switchOrganization, { body: { organizationId } }))).toBe('API_KEY_REFUSED');
    expect(await codeOf(as.call(createApiKey, { body: { name: 'x', scopes: ['role.view'] } }))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(as.call(rotateApiKey, { params: { id }, body: {} }))).toBe('FORBIDDEN');
    expect(await codeOf(auth.as(key).call(listRoles))).toBe('UNAUTHENTICATED');
  });
});
