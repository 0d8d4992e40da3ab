import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addMember,
  changeMemberRoles,
  changeOrganization,
  deleteOrganization,
  leaveOrganization,
  listOrganizations,
  organizationChanged,
  organizationErased,
  readOrganization,
  restoreOrganization,
  suspendUser,
  transferOrganization,
} from '@orion/contracts';
import { codeOf, problemOf, publishedBy } from '@orion/testing';
import { OrganizationErasure } from '../src/organizations/organization-erasure.job';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

const paramsOf = ({ organizationId }: { organizationId: string }) => ({ id: organizationId });

/** The owner of an organization, and another member of it. */
async function company(roles = ['admin']) {
  const [ada, account] = [await user.account(), await user.account('Bob')];
  const params = paramsOf(ada);
  await user.as(ada).call(addMember, { params, body: { email: account.email, roles } });
  return { ada, bob: { ...ada, userId: account.userId }, params };
}

describe('an organization', () => {
  it('is renamed, and its short name is its own', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const slug = `acme-${randomUUID().slice(0, 8)}`;
    const body = { name: 'Acme', slug };
    const changed = await user.as(ada).call(changeOrganization, { params: paramsOf(ada), body });
    expect(changed).toMatchObject({ ...body, ownerId: ada.userId, eraseAt: null });
    const taken = user.as(bob).call(changeOrganization, { params: paramsOf(bob), body: { slug } });
    expect(await problemOf(taken)).toMatchObject({
      code: 'SLUG_TAKEN',
      status: 409,
      errors: [{ field: 'body.slug' }],
    });
    const before = await user.as(bob).call(readOrganization, { params: paramsOf(bob) });
    expect(before.slug).not.toBe(slug);
    const events = await publishedBy(user.service, ada.organizationId);
    expect(events.filter((it) => it.type === organizationChanged.type).map((it) => it.data)).toMatchObject([
      { name: 'Acme', slug, changedBy: ada.userId, eraseAt: null },
    ]);
  });

  it('is not changed from outside, nor without the permission', async () => {
    const { bob, params } = await company(['viewer']);
    const body = { name: 'Mine' };
    const change = user.as(bob, ['viewer']).call(changeOrganization, { params, body });
    expect(await codeOf(change)).toBe('FORBIDDEN');
    const eve = await user.account('Eve');
    const outside = user.as(eve).call(changeOrganization, { params, body });
    expect(await codeOf(outside)).toBe('NOT_FOUND');
  });
});

describe('leaving', () => {
  it('is open to everybody but the owner and the last admin', async () => {
    const { ada, bob, params } = await company();
    expect(await codeOf(user.as(ada).call(leaveOrganization, { params }))).toBe('OWNER_STAYS');
    await user.as(bob).call(leaveOrganization, { params });
    const left = await user.as(bob).call(listOrganizations);
    expect(left.items.map((it) => it.id)).not.toContain(ada.organizationId);
    expect(await codeOf(user.as(bob).call(leaveOrganization, { params }))).toBe('NOT_FOUND');
    expect(await codeOf(user.as(ada).call(leaveOrganization, { params }))).toBe('LAST_ADMIN');
  });
});

describe('handing over', () => {
  it('makes another admin the owner, who alone may go on from there', async () => {
    const { ada, bob, params } = await company();
    const hand = (who: typeof ada, userId: string) =>
      user.as(who).call(transferOrganization, { params, body: { userId } });
    expect(await codeOf(hand(bob, bob.userId))).toBe('NOT_OWNER');
    expect(await hand(ada, bob.userId)).toMatchObject({ ownerId: bob.userId });
    expect(await codeOf(hand(ada, ada.userId))).toBe('NOT_OWNER');
    expect(await codeOf(user.as(ada).call(suspendUser, { params: { id: bob.userId } }))).toBe('OWNER_STAYS');
    await user.as(ada).call(leaveOrganization, { params });
  });

  it('goes to admins of the organization only', async () => {
    const { ada, bob, params } = await company(['viewer']);
    const eve = await user.account('Eve');
    const hand = (userId: string) => user.as(ada).call(transferOrganization, { params, body: { userId } });
    expect(await codeOf(hand(bob.userId))).toBe('NOT_ADMIN');
    for (const userId of [eve.userId, randomUUID()]) expect(await codeOf(hand(userId))).toBe('NOT_FOUND');
  });

  it('is still open to an owner who is no admin any more', async () => {
    const { ada, bob, params } = await company();
    await user.as(bob).call(changeMemberRoles, { params: { id: ada.userId }, body: { roles: ['viewer'] } });
    const body = { userId: bob.userId };
    await user.as(ada, ['viewer']).call(transferOrganization, { params, body });
  });
});

describe('deleting', () => {
  const days = (text: string | null) => (Date.parse(text ?? '') - Date.now()) / 86_400_000;

  it('is the owner’s, leaves thirty days, and can be taken back', async () => {
    const { ada, bob, params } = await company();
    expect(await codeOf(user.as(bob).call(deleteOrganization, { params }))).toBe('NOT_OWNER');
    expect(await codeOf(user.as(ada).call(restoreOrganization, { params }))).toBe('ORGANIZATION_NOT_DELETED');
    const deleted = await user.as(ada).call(deleteOrganization, { params });
    expect(days(deleted.eraseAt)).toBeCloseTo(30, 1);
    expect(await codeOf(user.as(ada).call(deleteOrganization, { params }))).toBe('ORGANIZATION_DELETED');
    const listed = await user.as(ada).call(listOrganizations);
    expect(listed.items.find((it) => it.id === ada.organizationId)?.eraseAt).toBe(deleted.eraseAt);
    expect(await codeOf(user.as(bob).call(restoreOrganization, { params }))).toBe('NOT_OWNER');
    expect(await user.as(ada).call(restoreOrganization, { params })).toMatchObject({ eraseAt: null });
    const events = await publishedBy(user.service, ada.organizationId);
    const told = events.filter((it) => it.type === organizationChanged.type).map((it) => it.data);
    expect(told).toMatchObject([{ eraseAt: deleted.eraseAt }, { eraseAt: null }]);
  });

  it('erases what is due and nothing else, and tells everybody', async () => {
    const [due, waiting, other] = [await company(), await company(), await company()];
    for (const { ada, params } of [due, waiting]) await user.as(ada).call(deleteOrganization, { params });
    await user.sql(`UPDATE organization SET erase_at = now() - interval '1 second' WHERE id = $1`, [
      due.params.id,
    ]);
    const job = user.service.app.get(OrganizationErasure);
    while (await job.run());
    const left = await user.sql<{ id: string }>('SELECT id FROM organization WHERE id = ANY ($1)', [
      [due, waiting, other].map(({ params }) => params.id),
    ]);
    expect(new Set(left.map((it) => it.id))).toEqual(new Set([waiting.params.id, other.params.id]));
    expect(await user.sql('SELECT FROM membership WHERE organization_id = $1', [due.params.id])).toHaveLength(
      0,
    );
    const events = await publishedBy(user.service, due.params.id);
    expect(events.at(-1)).toMatchObject({
      type: organizationErased.type,
      data: { organizationId: due.params.id },
    });
    expect(await codeOf(user.as(due.ada).call(readOrganization, { params: due.params }))).toBe('NOT_FOUND');
  });
});
