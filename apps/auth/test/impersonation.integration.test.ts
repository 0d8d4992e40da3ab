import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeEmail,
  changePassword,
  checkPermission,
  createRole,
  endImpersonation,
  enrolAuthenticator,
  impersonate,
  listAuditLog,
  listRoles,
  listSessions,
  login,
  logout,
  membershipChanged,
  type Permission,
  readAccount,
  refresh,
  type Reply,
  revokeOtherSessions,
  revokeSession,
  setRolePermissions,
  switchOrganization,
} from '@orion/contracts';
import { codeOf, eventually, problemOf, sendEvents, testEvent } from '@orion/testing';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';
import { Page } from './page';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Signed = Reply<typeof login>;

const REASON = 'Ticket 4711: cannot see her bookings';

/** Somebody who holds these roles in an organization, signed in to it. */
async function joining({ organizationId }: Signed, roles: string[]) {
  const email = someEmail();
  const { userId } = await auth.member(email);
  const membershipId = randomUUID();
  await auth.sql(
    `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
     VALUES ($1, $2, $3, $4, true, now(), 1)`,
    [membershipId, organizationId, userId, roles],
  );
  const signed = await auth.as().call(login, { body: { email, password: PASSWORD, organizationId } });
  return { ...signed, email, membershipId };
}

const role = (who: Signed, name: string, permissions: Permission[]) =>
  auth.as(who.accessToken).call(createRole, { body: { name, permissions } });

const actFor = (who: { accessToken: string }, userId: string, reason = REASON) =>
  auth.as(who.accessToken).call(impersonate, { body: { userId, reason } });

const may = async ({ accessToken }: { accessToken: string }, permission: Permission) =>
  (await auth.as(accessToken).call(checkPermission, { query: { permission } })).granted;

const renew = ({ refreshToken }: { refreshToken: string }) =>
  auth.as().call(refresh, { body: { refreshToken } });

const claimsOf = ({ accessToken }: { accessToken: string }) =>
  JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** Neither the access token nor the refresh token is worth anything any more. */
async function expectOver(tokens: { accessToken: string; refreshToken: string }) {
  await eventually(async () =>
    expect(await codeOf(auth.as(tokens.accessToken).call(readAccount))).toBe('UNAUTHENTICATED'),
  );
  expect(await codeOf(renew(tokens))).toBe('REFRESH_REJECTED');
}

describe('who acts for another member', () => {
  it('is taken for them for an hour, and named in the token and the audit log', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['operator']);
    const acting = await actFor(ada, bob.userId);
    expect(acting).toMatchObject({ userId: bob.userId, email: bob.email, name: 'Ada', expiresIn: 600 });
    const minutes = (Date.parse(acting.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(59);
    expect(minutes).toBeLessThanOrEqual(60);
    expect(claimsOf(acting)).toMatchObject({ sub: bob.userId, act: { sub: ada.userId } });
    expect(claimsOf(ada)).not.toHaveProperty('act');
    expect(await auth.as(acting.accessToken).call(readAccount)).toMatchObject({ email: bob.email });
    await auth.as(acting.accessToken).call(endImpersonation);
    await expectOver(acting);
    const logged = async (resourceId: string) =>
      (await auth.as(ada.accessToken).call(listAuditLog, { query: { resourceId } })).items;
    const session = String(claimsOf(acting)['sid']);
    await eventually(async () => expect(await logged(session)).toHaveLength(2));
    expect(await logged(session)).toMatchObject([
      {
        action: 'auth.session.ended',
        actor: { userId: bob.userId },
        impersonator: { userId: ada.userId },
        after: { ended: 'ended' },
      },
      {
        action: 'auth.impersonation.started',
        actor: { userId: ada.userId },
        impersonator: null,
        after: { userId: bob.userId, reason: REASON },
      },
    ]);
  });

  it('is named beside them for whatever is done', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['admin']);
    const acting = await actFor(ada, bob.userId);
    const { id } = await role({ ...ada, ...acting }, 'Made for Bob', []);
    await eventually(async () => {
      const { items } = await auth
        .as(ada.accessToken)
        .call(listAuditLog, { query: { resourceId: id, actorId: bob.userId } });
      expect(items).toMatchObject([{ actor: { userId: bob.userId }, impersonator: { userId: ada.userId } }]);
    });
  });

  it('gives a reason of ten characters at least', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['viewer']);
    for (const reason of ['', 'too short', '  too short   ']) {
      const problem = await problemOf(actFor(ada, bob.userId, reason));
      expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'body.reason' }] });
    }
  });

  it('has no more rights than either, and never the right to act for a third', async () => {
    const ada = await auth.member();
    const support = await role(ada, 'Support', ['member.impersonate', 'team.view', 'role.view']);
    const sam = await joining(ada, [support.id]);
    const vera = await joining(ada, ['viewer']);
    const asAdmin = await actFor(sam, ada.userId);
    for (const [permission, granted] of [
      ['role.view', true],
      ['team.view', true],
      ['role.manage', false],
      ['audit.view', false],
      ['member.impersonate', false],
    ] as const)
      expect([permission, await may(asAdmin, permission)]).toEqual([permission, granted]);
    expect(await codeOf(role({ ...sam, ...asAdmin }, 'Mine', []))).toBe('FORBIDDEN');
    expect(await codeOf(actFor(asAdmin, vera.userId))).toBe('FORBIDDEN');
    const asViewer = await actFor(sam, vera.userId);
    expect([await may(asViewer, 'team.view'), await may(asViewer, 'agent.view')]).toEqual([true, false]);
    expect(await codeOf(auth.as(asViewer.accessToken).call(listRoles))).toBe('FORBIDDEN');
    const renewed = await renew(asAdmin);
    expect(claimsOf(renewed)).toMatchObject({ act: { sub: sam.userId }, prm: claimsOf(asAdmin)['prm'] });
  });

  it('touches nothing that is the person’s own', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['admin']);
    const acting = await actFor(ada, bob.userId);
    const as = auth.as(acting.accessToken);
    const password = PASSWORD;
    const calls = [
      as.call(changePassword, { body: { currentPassword: password, newPassword: `${password}!` } }),
      as.call(changeEmail, { body: { newEmail: someEmail(), password } }),
      as.call(enrolAuthenticator, { body: { password } }),
      as.call(listSessions, { query: {} }),
      as.call(revokeSession, { params: { id: randomUUID() } }),
      as.call(revokeOtherSessions),
      as.call(switchOrganization, {
        body: { organizationId: randomUUID(), refreshToken: acting.refreshToken },
      }),
    ];
    expect(await Promise.all(calls.map(codeOf))).toEqual(calls.map(() => 'IMPERSONATED'));
  });
});

describe('nobody acts', () => {
  it('for themselves, for strangers, or without the right to', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const bob = await joining(ada, ['operator']);
    expect(await codeOf(actFor(ada, ada.userId))).toBe('IMPERSONATION_REFUSED');
    expect(await codeOf(actFor(ada, ada.userId.toUpperCase()))).toBe('IMPERSONATION_REFUSED');
    const [foreign, missing] = [
      await problemOf(actFor(ada, eve.userId)),
      await problemOf(actFor(ada, randomUUID())),
    ];
    expect(foreign).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(missing.detail).toEqual(foreign.detail);
    expect(await codeOf(actFor(bob, ada.userId))).toBe('FORBIDDEN');
  });

  it('by a right that was taken since, though the token still has it', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['admin']);
    await auth.sql(`UPDATE membership SET roles = '{viewer}' WHERE id = $1`, [bob.membershipId]);
    expect(await codeOf(actFor(bob, ada.userId))).toBe('IMPERSONATION_REFUSED');
  });

  it('to an end who does not act', async () => {
    const ada = await auth.member();
    expect(await codeOf(auth.as(ada.accessToken).call(endImpersonation))).toBe('NOT_IMPERSONATING');
  });
});

describe('it is over', () => {
  const changed = (who: Signed & { membershipId: string; email: string }, more: object) =>
    sendEvents(
      auth.service,
      testEvent(
        membershipChanged,
        who.organizationId,
        {
          membershipId: who.membershipId,
          organizationId: who.organizationId,
          userId: who.userId,
          email: who.email,
          roles: ['admin'],
          active: true,
          joinedAt: new Date().toISOString(),
          ...more,
        },
        { subject: who.membershipId, sequence: 2 },
      ),
    );

  it('when the session it began in ends', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['viewer']);
    const acting = await actFor(ada, bob.userId);
    await auth.as().call(logout, { body: { refreshToken: ada.refreshToken } });
    await expectOver(acting);
    expect(await may(bob, 'team.view')).toBe(true);
  });

  it('when that session has run out, or the right was taken, whoever hears of it first', async () => {
    const out = async (who: { userId: string }) =>
      auth.sql(`UPDATE session SET expires_at = now() WHERE user_id = $1 AND impersonator_id IS NULL`, [
        who.userId,
      ]);
    const demoted = async (who: { userId: string }) =>
      auth.sql(`UPDATE membership SET roles = '{viewer}' WHERE user_id = $1`, [who.userId]);
    for (const happens of [out, demoted]) {
      const ada = await auth.member();
      const sam = await joining(ada, ['admin']);
      const acting = await actFor(sam, ada.userId);
      const [first, again] = [await renew(acting), await renew(acting)];
      expect(again.refreshToken).toBe(first.refreshToken);
      await happens(sam);
      expect(await codeOf(renew(first))).toBe('REFRESH_REJECTED');
      await expectOver(first);
    }
  });

  it('though it begins at the very moment the other session ends', async () => {
    const email = someEmail();
    const ada = await auth.member(email);
    const bob = await joining(ada, ['viewer']);
    const body = { email, password: PASSWORD };
    for (let round = 0; round < 8; round += 1) {
      const signed = await auth.as().call(login, { body });
      const leaving = auth.as().call(logout, { body: { refreshToken: signed.refreshToken } });
      const [started] = await Promise.allSettled([actFor(signed, bob.userId), leaving]);
      if (started.status === 'rejected') continue;
      expect(await codeOf(renew(started.value))).toBe('REFRESH_REJECTED');
    }
    const living = await auth.sql(
      `SELECT s.id FROM session s JOIN session own ON own.id = s.impersonator_session_id
        WHERE s.ended_at IS NULL AND own.ended_at IS NOT NULL`,
    );
    expect(living).toEqual([]);
  });

  it.each(['the one who acts', 'the one acted for'])(
    'when %s leaves or may something else',
    async (which) => {
      for (const more of [{ active: false }, { roles: ['viewer'] }]) {
        const ada = await auth.member();
        const [bob, sam] = [await joining(ada, ['admin']), await joining(ada, ['admin'])];
        const acting = await actFor(sam, bob.userId);
        const other = await actFor(ada, bob.userId);
        await changed(which === 'the one who acts' ? sam : bob, more);
        await expectOver(acting);
        if (which === 'the one who acts') expect(await may(other, 'team.view')).toBe(true);
        else await expectOver(other);
      }
    },
  );

  it('when a role of theirs grants something else', async () => {
    const ada = await auth.member();
    const { id } = await role(ada, 'Support', ['member.impersonate', 'team.view']);
    const sam = await joining(ada, [id]);
    const acting = await actFor(sam, ada.userId);
    const body = { permissions: ['member.impersonate', 'team.view', 'role.view'] as Permission[] };
    await auth.as(ada.accessToken).call(setRolePermissions, { params: { id }, body });
    await expectOver(acting);
    const again = await actFor(await renew(sam), ada.userId);
    expect(await may(again, 'role.view')).toBe(true);
  });

  it('after an hour, and its last token does not outlive it', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['viewer']);
    const acting = await actFor(ada, bob.userId);
    const session = String(claimsOf(acting)['sid']);
    await auth.sql(`UPDATE session SET expires_at = now() + interval '100 seconds' WHERE id = $1`, [session]);
    const late = await renew(acting);
    expect(late.expiresIn).toBeLessThanOrEqual(100);
    expect(Number(claimsOf(late)['exp']) - Date.now() / 1000).toBeLessThan(101);
    await auth.sql(`UPDATE session SET expires_at = now() WHERE id = $1`, [session]);
    expect(await codeOf(renew(late))).toBe('REFRESH_REJECTED');
    const longer = auth.sql(
      `UPDATE session SET expires_at = created_at + interval '61 minutes' WHERE id = $1`,
      [session],
    );
    await expect(longer).rejects.toThrow(/session_impersonation_lasts_an_hour/);
  });

  it('at the person’s own wish, who sees it among their sessions', async () => {
    const ada = await auth.member();
    const bob = await joining(ada, ['viewer']);
    const acting = await actFor(ada, bob.userId);
    const as = auth.as(bob.accessToken);
    const { items } = await as.call(listSessions, { query: {} });
    const theirs = items.find((it) => it.impersonatorId !== null);
    expect(theirs).toMatchObject({ impersonatorId: ada.userId, id: claimsOf(acting)['sid'] });
    await as.call(revokeSession, { params: { id: theirs?.id ?? '' } });
    await expectOver(acting);
  });
});

it('never goes into a cookie, where it would push the own session out', async () => {
  const ada = await auth.member();
  const bob = await joining(ada, ['viewer']);
  const { refreshToken } = await actFor(ada, bob.userId);
  const page = new Page(auth.service.url);
  const { body, set } = await page.post('/auth/refresh', { refreshToken, delivery: 'cookie' });
  expect(body['refreshToken']).toMatch(/.{40}/);
  expect(set).toEqual([]);
});
