import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actAs } from '../src/acting-user.setting';
import { type AuthHarness, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

describe('the database of auth', () => {
  it('has row-level security forced on every table but those allowed with a reason', async () => {
    const rows = await auth.sql<{ name: string; forced: boolean; reason: string | null }>(`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced, g.reason
        FROM pg_class c LEFT JOIN platform.global_table_reason g ON g.table_name = c.relname
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
       ORDER BY 1`);
    expect(rows.filter((it) => it.forced).map((it) => it.name)).toEqual(
      expect.arrayContaining(['membership', 'refresh_token', 'session']),
    );
    const open = rows.filter((it) => !it.forced);
    expect(open.map((it) => it.name)).toEqual([
      'account_link',
      'authenticator',
      'credential',
      'email_change',
      'login_challenge',
      'passkey',
      'passkey_challenge',
      'permission_set',
      'recovery_code',
      'reset_request',
      'revocation',
      'signing_key',
      'throttled_sign_in',
    ]);
    for (const { reason } of open) expect(reason?.length).toBeGreaterThan(20);
  });

  it('shows an organization nothing of another, and without one nothing at all', async () => {
    const [ada, bob] = [await auth.member(), await auth.member()];
    const { database } = auth;
    for (const table of ['membership', 'session', 'refreshToken'] as const) {
      const count = (organizationId: string) =>
        database.tenant(organizationId, async (tx) => {
          const rows: { organizationId: string }[] = await tx[table as 'session'].findMany();
          return [...new Set(rows.map((it) => it.organizationId))];
        });
      expect(await count(ada.organizationId)).toEqual([ada.organizationId]);
      expect(await count(bob.organizationId)).toEqual([bob.organizationId]);
      expect(await database.global((tx) => tx[table as 'session'].count())).toBe(0);
    }
  });

  it('shows memberships across organizations only of the person the transaction names', async () => {
    const [ada, bob] = [await auth.member(), await auth.member()];
    const visible = (userId: string) =>
      auth.database.global(async (tx) => {
        await actAs(tx, userId);
        return (await tx.membership.findMany()).map((it) => it.userId);
      });
    expect(await visible(ada.userId)).toEqual([ada.userId]);
    expect(await visible(bob.userId)).toEqual([bob.userId]);
    expect(await visible('')).toEqual([]);
    expect(await auth.database.global((tx) => tx.membership.count())).toBe(0);
  });

  it('lets a named person’s memberships be read and never written', async () => {
    const ada = await auth.member();
    const changed = await auth.database.global(async (tx) => {
      await actAs(tx, ada.userId);
      return tx.membership.updateMany({ where: { userId: ada.userId }, data: { roles: ['viewer'] } });
    });
    expect(changed.count).toBe(0);
  });
});

describe('sessions', () => {
  it('of a named person are seen across organizations, and ended in the organization only', async () => {
    const [ada, bob] = [await auth.member(), await auth.member()];
    const seen = await auth.database.global(async (tx) => {
      await actAs(tx, ada.userId);
      const sessions = await tx.session.findMany();
      const { count } = await tx.session.updateMany({ data: { endedAt: new Date(), endReason: 'revoked' } });
      return { users: [...new Set(sessions.map((it) => it.userId))], count };
    });
    expect(seen).toEqual({ users: [ada.userId], count: 0 });
    expect(bob.userId).not.toBe(ada.userId);
  });
});

describe('indexes', () => {
  it('serve the lookups of sign-in and refresh under the application role', async () => {
    const plan = (query: string) =>
      auth.database.global(async (tx) => {
        await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = off');
        const rows = await tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${query}`);
        return rows.map((it) => it['QUERY PLAN']).join('\n');
      });
    const id = '019a0000-0000-7000-8000-0123456789ab';
    expect(await plan(`SELECT * FROM credential WHERE lower(email) = lower('A@b.c')`)).toContain(
      'credential_email_key',
    );
    expect(await plan(`SELECT * FROM membership WHERE user_id = '${id}' ORDER BY joined_at`)).toContain(
      'membership_user_id_joined_at_idx',
    );
    expect(await plan(`SELECT * FROM refresh_token WHERE hash = '\\x00'`)).toContain('refresh_token_pkey');
  });
});
