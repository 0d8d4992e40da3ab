import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOrganization, listOrganizations, readOrganization } from '@orion/contracts';
import { codeOf } from '@orion/testing';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

describe('organizations', () => {
  it('can be created, with the caller as admin, and are listed oldest first', async () => {
    const ada = await user.account();
    const second = await user.as(ada).call(createOrganization, { body: { name: 'Second' } });
    const { items } = await user.as(ada).call(listOrganizations);
    expect(items.map((it) => [it.id, it.roles])).toEqual([
      [ada.organizationId, ['admin']],
      [second.id, ['admin']],
    ]);
    const events = await user.sql<{ type: string }>(
      'SELECT type FROM platform.outbox WHERE organization_id = $1 ORDER BY position',
      [second.id],
    );
    expect(events.map((it) => it.type)).toEqual([
      'orion.user.organization.created.v1',
      'orion.user.membership.changed.v1',
    ]);
  });

  it('are created once for one idempotency key', async () => {
    const ada = await user.account();
    const create = (name: string) =>
      user.as(ada).call(createOrganization, { body: { name } }, { idempotencyKey: 'once' });
    const first = await create('Twice');
    expect(await create('Twice')).toEqual(first);
    expect(await codeOf(create('Other'))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await user.as(ada).call(listOrganizations)).items).toHaveLength(2);
  });

  it('are read by members with the token for them only', async () => {
    const ada = await user.account();
    const second = await user.as(ada).call(createOrganization, { body: { name: 'Side by side' } });
    const own = { params: { id: ada.organizationId } };
    expect(await user.as(ada).call(readOrganization, own)).toMatchObject({ id: ada.organizationId });
    expect(await codeOf(user.as(ada).call(readOrganization, { params: { id: second.id } }))).toBe(
      'NOT_FOUND',
    );
    const there = user.as({ userId: ada.userId, organizationId: second.id });
    expect(await there.call(readOrganization, { params: { id: second.id } })).toEqual(second);
    expect(await codeOf(user.as(ada, ['viewer']).call(readOrganization, own))).toBe('FORBIDDEN');
  });

  it('are not listed for others', async () => {
    await user.account();
    const bob = await user.account('Bob');
    expect((await user.as(bob).call(listOrganizations)).items.map((it) => it.id)).toEqual([
      bob.organizationId,
    ]);
    const nobody = user.as({ userId: randomUUID(), organizationId: bob.organizationId });
    expect((await nobody.call(listOrganizations)).items).toEqual([]);
    expect(await codeOf(nobody.call(createOrganization, { body: { name: 'Mine' } }))).toBe('NOT_FOUND');
  });

  it('that the token names but that does not exist are not found', async () => {
    const organizationId = randomUUID();
    const caller = user.as({ userId: randomUUID(), organizationId });
    expect(await codeOf(caller.call(readOrganization, { params: { id: organizationId } }))).toBe('NOT_FOUND');
  });
});
