import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actAs, insideOrganization, lookFor } from '../src/acting-user.setting';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

describe('the database of user', () => {
  it('has row-level security forced on every table', async () => {
    const rows = await user.sql<{ name: string; forced: boolean; reason: string | null }>(`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced, g.reason
        FROM pg_class c LEFT JOIN platform.global_table_reason g ON g.table_name = c.relname
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
       ORDER BY 1`);
    expect(rows.map((it) => it.name)).toEqual(
      expect.arrayContaining(['membership', 'organization', 'person']),
    );
    for (const row of rows) expect(row).toMatchObject({ forced: true, reason: null });
  });

  it('shows nothing without an organization or a person', async () => {
    await user.account();
    const counts = await user.database.global(async (tx) => [
      await tx.person.count(),
      await tx.organization.count(),
      await tx.membership.count(),
    ]);
    expect(counts).toEqual([0, 0, 0]);
  });

  it('shows an organization its own rows and its members only', async () => {
    const [ada] = [await user.account(), await user.account('Bob')];
    const seen = await user.database.tenant(ada.organizationId, async (tx) => [
      (await tx.person.findMany()).map((it) => it.id),
      (await tx.organization.findMany()).map((it) => it.id),
      (await tx.membership.findMany()).map((it) => it.userId),
    ]);
    expect(seen).toEqual([[ada.userId], [ada.organizationId], [ada.userId]]);
  });

  it('shows a named person what is theirs, read only, and an address one person', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const seen = await user.database.global(async (tx) => {
      await actAs(tx, ada.userId);
      const organizations = (await tx.organization.findMany()).map((it) => it.id);
      const renamed = await tx.organization.updateMany({ data: { name: 'Mine' } });
      const promoted = await tx.membership.updateMany({ data: { roles: ['admin'] } });
      const before = await tx.person.count();
      await lookFor(tx, bob.email.toUpperCase());
      const found = (await tx.person.findMany({ orderBy: { createdAt: 'asc' } })).map((it) => it.id);
      return { organizations, renamed: renamed.count, promoted: promoted.count, before, found };
    });
    expect(seen).toEqual({
      organizations: [ada.organizationId],
      renamed: 0,
      promoted: 0,
      before: 1,
      found: [ada.userId, bob.userId],
    });
  });

  it('lets nobody change or add another person, nor write into another organization', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const changed = await user.database.tenant(ada.organizationId, async (tx) => {
      await actAs(tx, ada.userId);
      return tx.person.updateMany({ where: { id: bob.userId }, data: { name: 'Mallory' } });
    });
    expect(changed.count).toBe(0);
    const made = {
      id: randomUUID(),
      email: 'made@example.org',
      name: 'X',
      homeOrganizationId: ada.organizationId,
    };
    const adding = user.database.tenant(ada.organizationId, (tx) => tx.person.create({ data: made }));
    await expect(adding).rejects.toThrow();
    const joining = user.database.tenant(ada.organizationId, (tx) =>
      tx.membership.create({
        data: {
          id: randomUUID(),
          organizationId: bob.organizationId,
          userId: ada.userId,
          roles: ['admin'],
          active: true,
          joinedAt: new Date(),
          sequence: 1,
        },
      }),
    );
    await expect(joining).rejects.toThrow();
  });

  it('returns to the transaction’s own organization after work in another', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const seen = await user.database.tenant(ada.organizationId, async (tx) => {
      const ids = async () => (await tx.organization.findMany()).map((it) => it.id);
      return [await insideOrganization(tx, bob.organizationId, ids), await ids()];
    });
    expect(seen).toEqual([[bob.organizationId], [ada.organizationId]]);
  });
});

describe('indexes', () => {
  it('serve the queries under the application role and its policies', async () => {
    const ada = await user.account();
    const plan = (query: string) =>
      user.database.tenant(ada.organizationId, async (tx) => {
        await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = off');
        const rows = await tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${query}`);
        return rows.map((it) => it['QUERY PLAN']).join('\n');
      });
    const id = ada.organizationId;
    expect(await plan(`SELECT id FROM person WHERE email_key = lower('A@b.c')`)).toContain(
      'person_email_key_key',
    );
    expect(await plan(`SELECT id FROM membership WHERE user_id = '${id}' ORDER BY joined_at`)).toContain(
      'membership_user_id_joined_at_idx',
    );
    const page = `SELECT id FROM membership WHERE organization_id = '${id}' ORDER BY joined_at DESC, id DESC LIMIT 3`;
    expect(await plan(page)).toContain('membership_organization_id_joined_at_id_idx');
  });
});
