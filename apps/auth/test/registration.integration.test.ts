import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accountRegistered, checkPermission, login, register } from '@orion/contracts';
import { codeOf, refusal } from '@orion/testing';
import { type AuthHarness, PASSWORD, registration, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterEach(() => void (auth.user.failing = undefined));
afterAll(() => auth.close());

const registered = (email: string) => auth.as().call(register, registration(email));
const signedIn = (email: string, password = PASSWORD) => auth.as().call(login, { body: { email, password } });
const events = (userId: string) =>
  auth.sql('SELECT id FROM platform.outbox WHERE type = $1 AND aggregate_id = $2', [
    accountRegistered.type,
    userId,
  ]);

describe('register', () => {
  it('makes an account that can sign in at once, as admin of its organization', async () => {
    const email = someEmail();
    const account = await registered(email);
    const tokens = await signedIn(email);
    expect(tokens).toMatchObject({ ...account, tokenType: 'Bearer', expiresIn: 600 });
    const reply = await auth
      .as(tokens.accessToken)
      .call(checkPermission, { query: { permission: 'member.manage' } });
    expect(reply.granted).toBe(true);
    expect(await events(account.userId)).toHaveLength(1);
  });

  it('refuses an e-mail that has an account, whatever its case and whatever the password', async () => {
    const email = someEmail();
    await registered(email);
    expect(await codeOf(registered(email.toUpperCase()))).toBe('EMAIL_TAKEN');
    expect(await codeOf(auth.as().call(register, registration(email, 'another long password')))).toBe(
      'EMAIL_TAKEN',
    );
  });

  it('stores no password', async () => {
    const email = someEmail();
    const { userId } = await registered(email);
    const [row] = await auth.sql<{ all: string }>(
      'SELECT row_to_json(c)::text AS "all" FROM credential c WHERE user_id = $1',
      [userId],
    );
    expect(row?.all).toContain('$argon2id$');
    expect(row?.all).not.toContain(PASSWORD);
  });

  it.each([
    [{ termsAccepted: false }, 'body.termsAccepted'],
    [{ password: 'short' }, 'body.password'],
    [{ email: 'no address' }, 'body.email'],
    [{ name: '  ' }, 'body.name'],
    [{ admin: true }, 'body.admin'],
  ])('refuses %j and names the field', async (change, field) => {
    const body = { ...registration(someEmail()).body, ...change } as ReturnType<typeof registration>['body'];
    const { status, problem } = await refusal(auth.as().call(register, { body }));
    expect(status).toBe(400);
    expect(problem.errors?.map((it) => it.field)).toEqual([field]);
  });
});

describe('a registration that broke off', () => {
  it.each(['before', 'after'] as const)(
    '%s user answered, is completed by registering again',
    async (when) => {
      const email = someEmail();
      auth.user.failing = { code: 'UPSTREAM_UNAVAILABLE', when };
      const { status, problem } = await refusal(registered(email));
      expect([status, problem.code]).toEqual([503, 'UPSTREAM_UNAVAILABLE']);
      auth.user.failing = undefined;
      const account = await registered(email);
      expect(await signedIn(email)).toMatchObject(account);
      const asked = auth.user.asked.filter((it) => it.email === email);
      expect(new Set(asked.map((it) => it.userId)).size).toBe(1);
      expect(await events(account.userId)).toHaveLength(1);
    },
  );

  it('is completed by signing in', async () => {
    const email = someEmail();
    auth.user.failing = { code: 'UPSTREAM_UNAVAILABLE', when: 'before' };
    await refusal(registered(email));
    expect(await codeOf(signedIn(email))).toBe('UPSTREAM_UNAVAILABLE');
    auth.user.failing = undefined;
    const tokens = await signedIn(email);
    expect(await events(tokens.userId)).toHaveLength(1);
    expect(await codeOf(registered(email))).toBe('EMAIL_TAKEN');
  });

  it('belongs to who knows its password', async () => {
    const email = someEmail();
    auth.user.failing = { code: 'UPSTREAM_UNAVAILABLE', when: 'before' };
    await refusal(registered(email));
    auth.user.failing = undefined;
    expect(await codeOf(auth.as().call(register, registration(email, 'another long password')))).toBe(
      'EMAIL_TAKEN',
    );
    expect(await codeOf(signedIn(email, 'another long password'))).toBe('BAD_CREDENTIALS');
    await registered(email);
  });
});

describe('two registrations of one e-mail at once', () => {
  it('make one account with one event', async () => {
    const email = someEmail();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => registered(email)));
    const accounts = outcomes.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
    expect(accounts.length).toBeGreaterThan(0);
    const [first] = accounts;
    for (const account of accounts) expect(account).toEqual(first);
    expect(await events(first?.userId ?? '')).toHaveLength(1);
  });
});
