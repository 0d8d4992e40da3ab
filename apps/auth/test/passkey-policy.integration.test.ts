import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addPasskey,
  beginPasskey,
  beginPasskeyLogin,
  changeSignInPolicy,
  login,
  passkeyLogin,
  refresh,
  removePasskey,
  type Reply,
  switchOrganization,
} from '@orion/contracts';
import { codeOf } from '@orion/testing';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';
import { SoftAuthenticator } from './soft.authenticator';

const ORIGIN = 'http://localhost:3000';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Tokens = Reply<typeof login>;

/** Somebody whose only second factor is a passkey. */
async function holder() {
  const email = someEmail();
  const ada = await auth.member(email);
  const device = new SoftAuthenticator(ORIGIN);
  const as = auth.as(ada.accessToken);
  const credential = device.create(await as.call(beginPasskey, { body: { password: PASSWORD } }));
  const passkey = await as.call(addPasskey, { body: { name: 'Laptop', credential } });
  return { email, ada, device, passkey };
}

const byPassword = (email: string, organizationId?: string) =>
  auth.as().call(login, { body: { email, password: PASSWORD, organizationId } });
const byPasskey = async (device: SoftAuthenticator) =>
  auth.as().call(passkeyLogin, { body: { credential: device.get(await auth.as().call(beginPasskeyLogin)) } });
const renew = ({ refreshToken }: Tokens) => auth.as().call(refresh, { body: { refreshToken } });
const require = ({ accessToken }: Tokens) =>
  auth.as(accessToken).call(changeSignInPolicy, { body: { secondFactorRequired: true } });
const change = ({ accessToken, refreshToken }: Tokens, organizationId: string) =>
  auth.as(accessToken).call(switchOrganization, { body: { organizationId, refreshToken } });

/** Another organization of the person that asks for a second factor. */
async function strictOne(userId: string): Promise<string> {
  const organizationId = randomUUID();
  await auth.sql(
    `WITH m AS (INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
                VALUES (gen_random_uuid(), $1, $2, '{viewer}', true, now(), 1))
     INSERT INTO sign_in_policy (organization_id, second_factor_required) VALUES ($1, true)`,
    [organizationId, userId],
  );
  return organizationId;
}

describe('where an organization asks for a second factor', () => {
  it('a passkey is one: for who asks for it, who signs in, and as long as the session lasts', async () => {
    const { ada, device } = await holder();
    await require(ada);
    const tokens = await byPasskey(device);
    expect(await renew(await renew(tokens))).toMatchObject({ userId: ada.userId });
  });

  it('who has a passkey is sent to it, and sets up nothing else with a password alone', async () => {
    const { ada, email } = await holder();
    await byPassword(email);
    await require(ada);
    expect(await codeOf(byPassword(email))).toBe('PASSKEY_REQUIRED');
    expect(await codeOf(renew(ada))).toBe('REFRESH_REJECTED');
  });

  it('is entered from another organization by a session that began with a passkey, and by no other', async () => {
    const { ada, device } = await holder();
    const strict = await strictOne(ada.userId);
    expect(await codeOf(change(ada, strict))).toBe('PASSKEY_REQUIRED');
    const there = await change(await byPasskey(device), strict);
    expect(there).toMatchObject({ organizationId: strict });
    expect(await renew(there)).toMatchObject({ organizationId: strict });
  });

  it('a session ends with the passkey it began with, also the one that removed it', async () => {
    const { ada, device, passkey } = await holder();
    await require(ada);
    const tokens = await byPasskey(device);
    const params = { id: passkey.id };
    await auth.as(tokens.accessToken).call(removePasskey, { params, body: { password: PASSWORD } });
    expect(await codeOf(renew(tokens))).toBe('REFRESH_REJECTED');
  });
});
