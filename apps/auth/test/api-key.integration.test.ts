import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_KEY_SCOPES,
  apiKeyCreated,
  apiKeyRevoked,
  apiKeyRotated,
  createApiKey,
  createRole,
  listApiKeys,
  type Permission,
  type Reply,
  type Request,
  revokeApiKey,
  rotateApiKey,
} from '@orion/contracts';
import { apiKeyHash } from '@orion/security';
import { codeOf, problemOf, publishedBy } from '@orion/testing';
import { ApiKeyCleaning } from '../src/api-keys/api-key-cleaning.job';
import { KEYS_PER_PERSON } from '../src/api-keys/create-api-key.use-case';
import { OrganizationStateRepository } from '../src/roles/organization-state.repository';
import { type AuthHarness, startAuth } from './auth.harness';
import { joining, membershipIs, type Signed } from './members';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Wish = Partial<Request<typeof createApiKey>['body']>;

const DAY_MS = 86_400_000;
const create = (who: Signed, wish: Wish = {}): Promise<Reply<typeof createApiKey>> =>
  auth
    .as(who.accessToken)
    .call(createApiKey, { body: { name: 'Sync', scopes: ['service-order.view'], ...wish } });
const rotate = (who: Signed, id: string, overlapHours?: number) =>
  auth.as(who.accessToken).call(rotateApiKey, { params: { id }, body: { overlapHours } });
const revoke = (who: Signed, id: string) => auth.as(who.accessToken).call(revokeApiKey, { params: { id } });
const list = async (who: Signed, query: Request<typeof listApiKeys>['query'] = {}) =>
  (await auth.as(who.accessToken).call(listApiKeys, { query })).items;

/** Somebody who may have keys of their own, and look at orders. */
async function clerkOf(ada: Signed, permissions: Permission[] = []): Promise<Signed> {
  const granted: Permission[] = ['api-key.create', 'service-order.view', ...permissions];
  const body = { name: `Clerk ${randomUUID()}`, permissions: granted };
  const { id } = await auth.as(ada.accessToken).call(createRole, { body });
  return joining(auth, ada, [id]);
}

describe('an API key', () => {
  it('is shown once, and kept as nothing but its hash', async () => {
    const ada = await auth.member();
    const { key, ...made } = await create(ada, { scopes: ['service-order.view', 'booking.view'] });
    expect(key.startsWith(`${made.prefix}_`)).toBe(true);
    expect(made).toMatchObject({
      owner: 'user',
      userId: ada.userId,
      createdBy: ada.userId,
      scopes: ['booking.view', 'service-order.view'],
      state: 'active',
      lastUsedAt: null,
      revokedAt: null,
      previous: [],
    });
    const days = (Date.parse(made.expiresAt) - Date.now()) / DAY_MS;
    expect(Math.round(days)).toBe(90);
    expect(await list(ada)).toEqual([made]);
    const kept = await auth.sql<{ hash: Buffer }>('SELECT hash FROM api_key_secret WHERE api_key_id = $1', [
      made.id,
    ]);
    expect(kept.map((it) => it.hash.toString('base64url'))).toEqual([apiKeyHash(key)]);
    for (const table of ['api_key', 'api_key_secret', 'platform.outbox', 'platform.idempotency']) {
      const rows = await auth.sql<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
      expect(rows.filter((it) => it.text.includes(key.slice(15)))).toEqual([]);
    }
  });

  it('tells of each step of its life, and of no secret', async () => {
    const ada = await auth.member();
    const made = await create(ada);
    const next = await rotate(ada, made.id, 2);
    await rotate(ada, made.id, 0);
    await revoke(ada, made.id);
    await revoke(ada, made.id);
    const events = await publishedBy(auth.service, made.id);
    expect(events.map((it) => it.type)).toEqual([
      apiKeyCreated.type,
      apiKeyRotated.type,
      apiKeyRotated.type,
      apiKeyRevoked.type,
    ]);
    const [created, rotated, atOnce, revoked] = events.map((it) => it.data);
    const fact = { apiKeyId: made.id, userId: ada.userId, name: 'Sync', scopes: ['service-order.view'] };
    expect(created).toMatchObject({ ...fact, prefix: made.prefix, createdBy: ada.userId });
    expect(rotated).toMatchObject({
      prefix: next.prefix,
      previousPrefix: made.prefix,
      rotatedBy: ada.userId,
    });
    const until = Date.parse((rotated as { previousUntil: string }).previousUntil) - Date.now();
    expect(Math.round(until / 3_600_000)).toBe(2);
    expect(atOnce).toMatchObject({ previousPrefix: next.prefix, previousUntil: null });
    expect(revoked).toMatchObject({ ...fact, revokedBy: ada.userId });
    expect(await list(ada)).toMatchObject([{ id: made.id, state: 'revoked', previous: [] }]);
  });

  it('is listed page by page, newest first', async () => {
    const ada = await auth.member();
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.unshift((await create(ada, { name })).id);
    const as = auth.as(ada.accessToken);
    const first = await as.call(listApiKeys, { query: { limit: 2 } });
    const second = await as.call(listApiKeys, { query: { limit: 2, cursor: first.nextCursor ?? '' } });
    expect([...first.items, ...second.items].map((it) => it.id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });

  it.each<[string, Wish, string]>([
    ['no name', { name: ' ' }, 'body.name'],
    ['no scope', { scopes: [] }, 'body.scopes'],
    ['a scope nobody knows', { scopes: ['made.up' as Permission] }, 'body.scopes.0'],
    ['the installation', { scopes: ['platform.operate'] }, 'body.scopes.0'],
    ['keys of its own', { scopes: ['api-key.create'] }, 'body.scopes.0'],
    ['the management of keys', { scopes: ['api-key.manage'] }, 'body.scopes.0'],
    ['a life of more than a year', { expiresInDays: 366 }, 'body.expiresInDays'],
    ['no life', { expiresInDays: 0 }, 'body.expiresInDays'],
    ['another owner', { owner: 'team' as 'user' }, 'body.owner'],
  ])('is refused by field with %s', async (_, wish, field) => {
    const ada = await auth.member();
    expect(await problemOf(create(ada, wish))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field }],
    });
  });

  it('is refused by field with an overlap of more than a week', async () => {
    const ada = await auth.member();
    const { id } = await create(ada);
    const refused = { code: 'VALIDATION_FAILED', errors: [{ field: 'body.overlapHours' }] };
    for (const hours of [169, -1, 1.5])
      expect(await problemOf(rotate(ada, id, hours))).toMatchObject(refused);
  });

  it('can hold every scope the catalogue knows', async () => {
    const ada = await auth.member();
    expect((await create(ada, { scopes: [...API_KEY_SCOPES] })).scopes).toEqual([...API_KEY_SCOPES].sort());
  });

  it('is one of twenty that work, also where several are created at once', async () => {
    const ada = await auth.member();
    const { id } = await create(ada);
    for (let n = 2; n < KEYS_PER_PERSON; n += 1) await create(ada);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => create(ada)));
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    expect(await problemOf(create(ada))).toMatchObject({ code: 'API_KEY_LIMIT', status: 409 });
    await create(ada, { owner: 'organization' });
    await revoke(ada, id);
    await create(ada);
  });
});

describe('nobody', () => {
  it('gives a key more than they hold', async () => {
    const ada = await auth.member();
    const bob = await clerkOf(ada);
    const refused = await problemOf(create(bob, { scopes: ['service-order.view', 'member.manage'] }));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', permissions: ['member.manage'] });
    await create(bob);
  });

  it('gives a key by an old token what was taken from them since', async () => {
    const ada = await auth.member();
    const bob = await clerkOf(ada, ['booking.view']);
    await auth.sql(`UPDATE membership SET roles = '{operator}' WHERE user_id = $1 AND organization_id = $2`, [
      bob.userId,
      ada.organizationId,
    ]);
    await create(bob, { scopes: ['booking.view'] });
    await auth.sql(`UPDATE membership SET roles = '{viewer}' WHERE user_id = $1 AND organization_id = $2`, [
      bob.userId,
      ada.organizationId,
    ]);
    expect(await codeOf(create(bob, { scopes: ['booking.view'] }))).toBe('FORBIDDEN');
  });

  it('has keys without the permission to', async () => {
    const ada = await auth.member();
    const viewer = await joining(auth, ada, ['viewer']);
    const { id } = await create(ada);
    for (const call of [create(viewer), list(viewer), rotate(viewer, id), revoke(viewer, id)])
      expect(await problemOf(call)).toMatchObject({ code: 'FORBIDDEN', permission: 'api-key.create' });
  });

  it('learns of a key of another organization, or of another member', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const bob = await clerkOf(ada);
    const { id } = await create(ada);
    const tell = async (who: Signed, of: string) => {
      const problems = await Promise.all([rotate(who, of), revoke(who, of)].map(problemOf));
      return problems.map(({ status, code, detail }) => ({ status, code, detail }));
    };
    for (const who of [eve, bob]) {
      const told = await tell(who, id);
      expect(told.map((it) => it.status)).toEqual([404, 404]);
      expect(told).toEqual(await tell(who, randomUUID()));
      expect(await list(who)).toEqual([]);
    }
    expect(await list(ada)).toMatchObject([{ id, state: 'active' }]);
  });
});

describe('a key of the organization', () => {
  it('is for who may manage keys, and outlives who made it', async () => {
    const ada = await auth.member();
    const bob = await clerkOf(ada);
    const made = await joining(auth, ada, ['admin']);
    expect(await problemOf(create(bob, { owner: 'organization' }))).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'api-key.manage',
    });
    const { id, owner, userId } = await create(made, { owner: 'organization' });
    expect({ owner, userId }).toEqual({ owner: 'organization', userId: null });
    expect(await codeOf(rotate(bob, id))).toBe('NOT_FOUND');
    await membershipIs(auth, made, { roles: ['admin'], active: false });
    expect(await list(ada)).toMatchObject([{ id, state: 'active', createdBy: made.userId }]);
  });

  it('gets another secret only from who holds all its scopes', async () => {
    const ada = await auth.member();
    const bob = await clerkOf(ada, ['api-key.manage']);
    const { id } = await create(ada, { owner: 'organization', scopes: ['member.manage'] });
    expect(await problemOf(rotate(bob, id))).toMatchObject({
      code: 'FORBIDDEN',
      permissions: ['member.manage'],
    });
    await revoke(bob, id);
  });
});

describe('a key of a member', () => {
  it('is seen and revoked by who manages keys, and rotated by its owner alone', async () => {
    const ada = await auth.member();
    const bob = await clerkOf(ada);
    const { id } = await create(bob);
    const ours = await create(ada, { owner: 'organization' });
    expect((await list(ada)).map((it) => it.id)).toEqual([ours.id, id]);
    expect((await list(ada, { owner: 'user' })).map((it) => it.id)).toEqual([id]);
    expect((await list(ada, { owner: 'organization' })).map((it) => it.id)).toEqual([ours.id]);
    expect((await list(bob)).map((it) => it.id)).toEqual([id]);
    expect(await list(bob, { owner: 'organization' })).toEqual([]);
    expect(await codeOf(rotate(ada, id))).toBe('FORBIDDEN');
    await rotate(bob, id);
    await revoke(ada, id);
    expect(await list(bob)).toMatchObject([{ id, state: 'revoked' }]);
    expect(await codeOf(rotate(bob, id))).toBe('API_KEY_ENDED');
  });

  it('rests while its owner is suspended, and ends when they leave', async () => {
    const ada = await auth.member();
    const bob = await clerkOf(ada);
    const { id } = await create(bob);
    const roles = ['operator'];
    await membershipIs(auth, bob, { roles, active: false, suspended: true });
    expect(await list(ada)).toMatchObject([{ id, state: 'suspended' }]);
    await membershipIs(auth, bob, { roles });
    expect(await list(ada)).toMatchObject([{ id, state: 'active' }]);
    await membershipIs(auth, bob, { roles, active: false });
    expect(await list(ada)).toMatchObject([{ id, state: 'revoked' }]);
    const [, revoked] = await publishedBy(auth.service, id);
    expect(revoked).toMatchObject({ type: apiKeyRevoked.type, data: { revokedBy: null } });
  });
});

describe('what is left of keys', () => {
  const count = async (id: string) => {
    const rows = await auth.sql<{ keys: number; secrets: number }>(
      `SELECT (SELECT count(*)::int FROM api_key WHERE id = $1) AS keys,
              (SELECT count(*)::int FROM api_key_secret WHERE api_key_id = $1) AS secrets`,
      [id],
    );
    return rows[0];
  };

  it('is removed in time: secrets that ended, and keys three months later', async () => {
    const ada = await auth.member();
    const cleaning = auth.service.app.get(ApiKeyCleaning, { strict: false });
    const [living, ended, old] = [await create(ada), await create(ada), await create(ada)];
    const age = (id: string, days: number) =>
      auth.sql(
        `WITH k AS (UPDATE api_key SET expires_at = now() - $2 * interval '1 day' WHERE id = $1)
         UPDATE api_key_secret SET expires_at = now() - $2 * interval '1 day' WHERE api_key_id = $1`,
        [id, days],
      );
    await age(ended.id, 1);
    await age(old.id, 91);
    expect(await cleaning.run()).toBe(false);
    expect(await count(living.id)).toEqual({ keys: 1, secrets: 1 });
    expect(await count(ended.id)).toEqual({ keys: 1, secrets: 0 });
    expect(await count(old.id)).toEqual({ keys: 0, secrets: 0 });
    expect((await list(ada)).map((it) => it.state)).toEqual(['expired', 'active']);
    expect(await codeOf(rotate(ada, ended.id))).toBe('API_KEY_ENDED');
  });

  it('goes with its organization', async () => {
    const ada = await auth.member();
    const { id } = await create(ada);
    const states = auth.service.app.get(OrganizationStateRepository, { strict: false });
    await auth.database.tenant(ada.organizationId, (tx) => states.erase(tx, ada.organizationId));
    expect(await count(id)).toEqual({ keys: 0, secrets: 0 });
  });
});

describe('the tables of keys', () => {
  it('show an organization nothing of another, and without one nothing at all', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    await create(ada);
    await create(eve);
    for (const table of ['apiKey', 'apiKeySecret'] as const) {
      const rows = await auth.database.tenant(ada.organizationId, (tx) => tx[table as 'apiKey'].findMany());
      expect(rows.map((it) => it.organizationId)).toEqual([ada.organizationId]);
      expect(await auth.database.global((tx) => tx[table as 'apiKey'].count())).toBe(0);
    }
  });

  it('are read by index', async () => {
    const { organizationId, userId } = await auth.member();
    const plan = (query: string) =>
      auth.database.tenant(organizationId, async (tx) => {
        for (const way of ['seqscan', 'bitmapscan', 'sort'])
          await tx.$executeRawUnsafe(`SET LOCAL enable_${way} = off`);
        const rows = await tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${query}`);
        return rows.map((it) => it['QUERY PLAN']).join('\n');
      });
    const of = `organization_id = '${organizationId}'`;
    expect(await plan(`SELECT * FROM api_key_secret WHERE hash = '\\x00' AND ${of}`)).toContain(
      'api_key_secret_hash_key',
    );
    expect(
      await plan(`SELECT * FROM api_key WHERE ${of} AND user_id = '${userId}' ORDER BY id DESC LIMIT 51`),
    ).toContain('api_key_organization_id_user_id_id_idx');
    expect(await plan(`SELECT * FROM api_key WHERE ${of} ORDER BY id DESC LIMIT 51`)).toContain(
      'api_key_organization_id_id_key',
    );
  });
});
