import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkPermission,
  login,
  organizationChanged,
  organizationErased,
  refresh,
  type Reply,
  switchOrganization,
} from '@orion/contracts';
import { codeOf, eventually, sendEvents, testEvent } from '@orion/testing';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Signed = Reply<typeof login>;

async function two(): Promise<{ email: string; here: Signed; there: string }> {
  const email = someEmail();
  const here = await auth.member(email);
  const there = randomUUID();
  await auth.sql(
    `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
     VALUES ($1, $2, $3, '{viewer}', true, now(), 1)`,
    [randomUUID(), there, here.userId],
  );
  return { email, here, there };
}

const switching = ({ accessToken, refreshToken }: Signed, organizationId: string) =>
  auth.as(accessToken).call(switchOrganization, { body: { organizationId, refreshToken } });

describe('switching the organization', () => {
  it('opens a session in the other one, and both go on side by side', async () => {
    const { here, there } = await two();
    const other = await switching(here, there);
    expect(other).toMatchObject({ organizationId: there, userId: here.userId });
    const may = async ({ accessToken }: Signed) =>
      (await auth.as(accessToken).call(checkPermission, { query: { permission: 'member.manage' } })).granted;
    expect([await may(here), await may(other)]).toEqual([true, false]);
    const [again, anew] = await Promise.all(
      [here, other].map(({ refreshToken }) => auth.as().call(refresh, { body: { refreshToken } })),
    );
    expect([again?.organizationId, anew?.organizationId]).toEqual([here.organizationId, there]);
  });

  it('is refused alike for an organization of others and one that does not exist', async () => {
    const { here } = await two();
    const foreign = await auth.member();
    for (const id of [foreign.organizationId, randomUUID()])
      expect(await codeOf(switching(here, id))).toBe('NO_MEMBERSHIP');
  });

  it('needs a live refresh token of the session itself', async () => {
    const { email, here, there } = await two();
    const another = await auth.as().call(login, { body: { email, password: PASSWORD } });
    const mixed = { ...here, refreshToken: another.refreshToken };
    expect(await codeOf(switching(mixed, there))).toBe('REFRESH_REJECTED');
    expect(await codeOf(switching({ ...here, refreshToken: 'x' }, there))).toBe('REFRESH_REJECTED');
    await auth.sql(`UPDATE session SET ended_at = now(), end_reason = 'logout' WHERE user_id = $1`, [
      here.userId,
    ]);
    expect(await codeOf(switching(here, there))).toBe('REFRESH_REJECTED');
  });

  it('with a token that was used before ends the session it came from', async () => {
    const { here, there } = await two();
    const next = await auth.as().call(refresh, { body: { refreshToken: here.refreshToken } });
    const last = await auth.as().call(refresh, { body: { refreshToken: next.refreshToken } });
    expect(await codeOf(switching(here, there))).toBe('REFRESH_REJECTED');
    const ended = auth.as().call(refresh, { body: { refreshToken: last.refreshToken } });
    expect(await codeOf(ended)).toBe('REFRESH_REJECTED');
  });
});

describe('a deleted organization', () => {
  const fact = (organizationId: string, ownerId: string, eraseAt: string | null) => ({
    organizationId,
    name: 'Acme',
    slug: 'acme',
    ownerId,
    eraseAt,
    changedBy: ownerId,
  });
  const tell = async (organizationId: string, ownerId: string, eraseAt: string | null, sequence: number) => {
    const data = fact(organizationId, ownerId, eraseAt);
    const subject = organizationId;
    await sendEvents(
      auth.service,
      testEvent(organizationChanged, organizationId, data, { sequence, subject }),
    );
    await eventually(async () =>
      expect(
        await auth.sql('SELECT FROM organization_state WHERE organization_id = $1 AND sequence = $2', [
          organizationId,
          sequence,
        ]),
      ).toHaveLength(1),
    );
  };

  it('is closed to all but its owner, and open again once restored', async () => {
    const { email, here, there } = await two();
    const owner = randomUUID();
    await tell(there, owner, new Date(Date.now() + 1e9).toISOString(), 2);
    const signIn = () =>
      auth.as().call(login, { body: { email, password: PASSWORD, organizationId: there } });
    expect(await codeOf(signIn())).toBe('NO_MEMBERSHIP');
    expect(await codeOf(switching(here, there))).toBe('NO_MEMBERSHIP');
    await tell(there, here.userId, new Date(Date.now() + 1e9).toISOString(), 3);
    const { refreshToken } = await signIn();
    await auth.as().call(refresh, { body: { refreshToken } });
    await tell(there, owner, null, 4);
    await signIn();
  });

  it('leaves nothing behind once erased', async () => {
    const { here, there } = await two();
    await switching(here, there);
    await tell(there, here.userId, new Date().toISOString(), 2);
    await sendEvents(auth.service, testEvent(organizationErased, there, { organizationId: there }));
    await eventually(async () => {
      for (const table of ['membership', 'session', 'refresh_token', 'role', 'organization_state']) {
        const rows = await auth.sql(`SELECT FROM ${table} WHERE organization_id = $1`, [there]);
        expect([table, rows.length]).toEqual([table, 0]);
      }
    });
    expect(await codeOf(switching(here, there))).toBe('NO_MEMBERSHIP');
    await auth.as().call(refresh, { body: { refreshToken: here.refreshToken } });
  });
});
