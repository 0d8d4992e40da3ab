import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { login, register, registerInvited } from '@orion/contracts';
import { codeOf } from '@orion/testing';
import { type AuthHarness, PASSWORD, registration, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

function invited(): { email: string; token: string; organizationId: string } {
  const [email, token, organizationId] = [someEmail(), randomUUID(), randomUUID()];
  auth.user.invitations.set(token, { email, language: 'fr', organizationId, organizationName: 'Acme' });
  return { email, token, organizationId };
}

const accept = (token: string, password = PASSWORD) =>
  auth.as().call(registerInvited, { body: { token, password, name: 'Guest', termsAccepted: true } });

describe('registering with an invitation', () => {
  it('makes the account of the invited address a member, who can sign in at once', async () => {
    const { email, token, organizationId } = invited();
    const { userId } = await accept(token);
    const tokens = await auth.as().call(login, { body: { email, password: PASSWORD } });
    expect(tokens).toMatchObject({ userId, organizationId });
    const [row] = await auth.sql('SELECT language, email_verified_at FROM credential WHERE user_id = $1', [
      userId,
    ]);
    expect(row).toEqual({ language: 'fr', email_verified_at: expect.any(Date) });
  });

  it('is refused for an unknown token, and for an address that has an account', async () => {
    expect(await codeOf(accept('x'))).toBe('INVITATION_UNKNOWN');
    const { email, token } = invited();
    await auth.as().call(register, registration(email));
    expect(await codeOf(accept(token))).toBe('EMAIL_TAKEN');
  });

  it('can be continued where it broke off, with the same password only', async () => {
    const { email, token, organizationId } = invited();
    auth.user.failing = { code: 'UPSTREAM_UNAVAILABLE', when: 'before' };
    expect(await codeOf(accept(token))).toBe('UPSTREAM_UNAVAILABLE');
    auth.user.failing = undefined;
    expect(await codeOf(accept(token, 'another password'))).toBe('EMAIL_TAKEN');
    await accept(token);
    const signed = await auth.as().call(login, { body: { email, password: PASSWORD } });
    expect(signed.organizationId).toBe(organizationId);
  });
});
