import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addSignOnDomain,
  completeSignOn,
  login,
  register,
  readAccount,
  refresh,
  setSingleSignOn,
  startSignOn,
  switchOrganization,
  verifySignOnDomain,
} from '@orion/contracts';
import { codeOf, LocalProvider, problemOf } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { type AuthHarness, PASSWORD, registration, startAuth } from './auth.harness';
import { type Forgery, ForgingProvider } from './forging-provider';
import { membershipIs, type Signed } from './members';

const DOMAIN = 'people.example';
const CLIENT = { clientId: 'orion', clientSecret: 'a secret of the client' };

let nth = 0;
const someone = (): string => `person-${(nth += 1)}@${DOMAIN}`;

describe('sign-on by the provider of an organization', () => {
  let auth: AuthHarness;
  let forging: ForgingProvider;
  let local: LocalProvider;
  let admin: Signed;

  beforeAll(async () => {
    const redirectUri = 'http://localhost:3000/sign-in/sso';
    [forging, local] = await Promise.all([
      ForgingProvider.start(),
      LocalProvider.start({ ...CLIENT, redirectUri }),
    ]);
    auth = await startAuth({ SIGN_ON_ALLOW_LOOPBACK: 'true', DNS_SERVERS: local.dns });
    admin = await auth.member();
    const domain = await auth.as(admin.accessToken).call(addSignOnDomain, { body: { domain: DOMAIN } });
    await local.tell(domain.recordName, [domain.record]);
    await auth.as(admin.accessToken).call(verifySignOnDomain, { params: { id: domain.id } });
    await provide({ issuer: forging.issuer });
  });

  afterEach(() => {
    forging.next = {};
    auth.user.failing = undefined;
  });

  afterAll(async () => {
    await auth.close();
    await Promise.all([forging.stop(), local.stop()]);
  });

  const provide = (wish: { issuer: string; enabled?: boolean; createMembers?: boolean }) =>
    auth.as(admin.accessToken).call(setSingleSignOn, { body: { createMembers: true, ...CLIENT, ...wish } });

  /** The page goes to the provider and comes back, which says of the bearer what the forgery has. */
  async function comeBack(email: string, forgery: Forgery = {}) {
    const { authorizationUrl, attempt } = await auth.as().call(startSignOn, { body: { email } });
    const { searchParams } = new URL(authorizationUrl);
    const state = searchParams.get('state') ?? '';
    const nonce = searchParams.get('nonce') ?? '';
    const claims = { nonce, sub: email, email, email_verified: true, name: 'Ada', ...forgery.claims };
    forging.next = { ...forgery, claims };
    return { attempt, state, code: 'a-code' };
  }

  const complete = (body: { attempt: string; state: string; code: string; iss?: string }) =>
    auth.as().call(completeSignOn, { body });

  const signOn = async (email: string, forgery?: Forgery) => complete(await comeBack(email, forgery));

  describe('with a real provider', () => {
    beforeAll(() => provide({ issuer: local.issuer }));
    afterAll(() => provide({ issuer: forging.issuer }));

    it('makes somebody of the domain a member, and knows them the next time', async () => {
      const email = someone();
      const signIn = async () => {
        const { authorizationUrl, attempt } = await auth.as().call(startSignOn, { body: { email } });
        expect(new URL(authorizationUrl).searchParams.get('code_challenge_method')).toBe('S256');
        const back = await local.signIn(authorizationUrl, email);
        expect(back.pathname).toBe('/sign-in/sso');
        const { code = '', state = '', iss } = Object.fromEntries(back.searchParams);
        return complete({ attempt, code, state, ...(iss === undefined ? {} : { iss }) });
      };
      const first = await signIn();
      expect(first.organizationId).toBe(admin.organizationId);
      const asked = auth.user.joined.filter((it) => it.email === email);
      expect(asked).toEqual([
        {
          organizationId: admin.organizationId,
          userId: first.userId,
          email,
          name: expect.any(String),
          role: 'viewer',
        },
      ]);
      const me = await auth.as(first.accessToken).call(readAccount);
      expect(me).toMatchObject({ email, emailVerifiedAt: expect.any(String) });
      const second = await signIn();
      expect(second.userId).toBe(first.userId);
      expect(auth.user.joined.filter((it) => it.email === email)).toHaveLength(1);
    });
  });

  it('tells by the domain alone whether there is a provider', async () => {
    const ask = (email: string) => auth.as().call(startSignOn, { body: { email } });
    const unknown = await problemOf(ask('ada@elsewhere.example'));
    expect(unknown).toMatchObject({ status: 404, code: 'NO_SINGLE_SIGN_ON' });
    const { id } = await auth
      .as(admin.accessToken)
      .call(addSignOnDomain, { body: { domain: 'unproved.example' } });
    expect(id).toBeDefined();
    const unproved = await problemOf(ask('ada@unproved.example'));
    expect({ ...unproved, correlationId: '' }).toEqual({ ...unknown, correlationId: '' });
    await provide({ issuer: forging.issuer, enabled: false });
    expect(await codeOf(ask(someone()))).toBe('NO_SINGLE_SIGN_ON');
    await provide({ issuer: forging.issuer });
    expect((await ask(`nobody-at-all@PEOPLE.example`)).authorizationUrl).toContain(forging.issuer);
  });

  it('signs a member in whose address is proved, with their roles as they are', async () => {
    const email = someone();
    const own = await auth.member(email);
    await auth.sql('UPDATE credential SET email_verified_at = now() WHERE user_id = $1', [own.userId]);
    await auth.sql(
      `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
       VALUES ($1, $2, $3, $4, true, now(), 1)`,
      [randomUUID(), admin.organizationId, own.userId, ['operator']],
    );
    const before = auth.user.joined.length;
    const signed = await signOn(email.toUpperCase());
    expect(signed).toMatchObject({ userId: own.userId, organizationId: admin.organizationId });
    expect(auth.user.joined).toHaveLength(before);
    const again = await signOn(someone(), { claims: { sub: email.toUpperCase() } });
    expect(again.userId).toBe(own.userId);
  });

  it('opens no other organization: only this one believes its provider', async () => {
    const email = someone();
    const own = await auth.member(email);
    await auth.sql('UPDATE credential SET email_verified_at = now() WHERE user_id = $1', [own.userId]);
    const signed = await signOn(email);
    const { organizationId } = own;
    const switching = auth
      .as(signed.accessToken)
      .call(switchOrganization, { body: { organizationId, refreshToken: signed.refreshToken } });
    expect(await codeOf(switching)).toBe('SIGN_IN_AGAIN');
    const { refreshToken } = await auth.as().call(login, { body: { email, password: PASSWORD } });
    expect(refreshToken).not.toBe('');
  });

  it('goes on where the organization asks for a second factor, which is the provider’s to ask for', async () => {
    const { refreshToken } = await signOn(someone());
    await auth.sql('INSERT INTO sign_in_policy VALUES ($1, true)', [admin.organizationId]);
    const renewed = await auth.as().call(refresh, { body: { refreshToken } });
    expect(renewed.accessToken).not.toBe('');
    await auth.sql('DELETE FROM sign_in_policy');
  });

  it('trusts no account whose address was never proved: somebody else may have registered it', async () => {
    const email = someone();
    await auth.member(email);
    expect(await problemOf(signOn(email))).toMatchObject({
      code: 'SIGN_ON_FAILED',
      detail: expect.stringContaining('Confirm the e-mail address'),
    });
  });

  it('makes nobody a member where the organization does not want it', async () => {
    await provide({ issuer: forging.issuer, createMembers: false });
    const email = someone();
    expect(await codeOf(signOn(email))).toBe('NO_MEMBERSHIP');
    expect(await auth.sql('SELECT 1 FROM credential WHERE email = $1', [email])).toEqual([]);
    await provide({ issuer: forging.issuer });
  });

  it('goes on where the first attempt of a newcomer broke off, or their registration did', async () => {
    const email = someone();
    auth.user.failing = { code: 'UPSTREAM_UNAVAILABLE', when: 'before' };
    expect(await codeOf(signOn(email))).toBe('UPSTREAM_UNAVAILABLE');
    auth.user.failing = undefined;
    const signed = await signOn(email);
    expect(signed.organizationId).toBe(admin.organizationId);

    const begun = someone();
    auth.user.failing = { code: 'UPSTREAM_UNAVAILABLE', when: 'before' };
    await problemOf(auth.as().call(register, registration(begun)));
    auth.user.failing = undefined;
    expect((await signOn(begun)).organizationId).toBe(admin.organizationId);
    const byPassword = auth.as().call(login, { body: { email: begun, password: PASSWORD } });
    expect(await codeOf(byPassword)).toBe('BAD_CREDENTIALS');
  });

  it('lets nobody in who was suspended or removed', async () => {
    const email = someone();
    const signed = await signOn(email);
    await membershipIs(auth, signed, { roles: ['viewer'], active: false, suspended: true });
    expect(await codeOf(signOn(email))).toBe('NO_MEMBERSHIP');
  });

  it('counts each attempt once, in the browser that began it', async () => {
    const body = await comeBack(someone());
    await complete(body);
    expect(await codeOf(complete(body))).toBe('SIGN_ON_FAILED');

    const other = await comeBack(someone());
    expect(await codeOf(complete({ ...other, attempt: body.attempt }))).toBe('SIGN_ON_FAILED');
    expect(await codeOf(complete(other))).toBe('SIGN_ON_FAILED');

    const late = await comeBack(someone());
    await auth.sql("UPDATE sign_on_attempt SET expires_at = now() - interval '1 second'");
    expect(await codeOf(complete(late))).toBe('SIGN_ON_FAILED');

    const changed = await comeBack(someone());
    await provide({ issuer: local.issuer });
    expect(await codeOf(complete(changed))).toBe('SIGN_ON_FAILED');
    await provide({ issuer: forging.issuer });

    for (const state of ['nonsense', 'A'.repeat(64)])
      expect(await codeOf(complete({ ...changed, state }))).toBe('SIGN_ON_FAILED');
  });

  it.each<[string, Forgery]>([
    ['that is not signed', { unsigned: true }],
    ['signed with a key the provider does not publish', { foreignKey: true }],
    ['of another attempt', { claims: { nonce: 'another' } }],
    ['of another issuer', { claims: { iss: 'https://accounts.example.org' } }],
    ['for another client', { claims: { aud: 'somebody-else' } }],
    ['that has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 3_600 } }],
    ['without an address', { claims: { email: undefined } }],
    ['with an address that is not verified', { claims: { email_verified: false } }],
    ['of a domain the organization has not proved', { claims: { email: 'ada@unproved.example' } }],
    ['for a code it does not know', { status: 400 }],
  ])('believes no ID token %s', async (_, forgery) => {
    const email = someone();
    expect(await codeOf(signOn(email, forgery))).toBe('SIGN_ON_FAILED');
    expect(await auth.sql('SELECT 1 FROM credential WHERE email = $1', [email])).toEqual([]);
  });

  it('says that the provider is away', async () => {
    expect(await codeOf(signOn(someone(), { status: 503 }))).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('keeps attempts sealed: neither state nor browser can be read from the database', async () => {
    const { state, attempt } = await comeBack(someone());
    const rows = await auth.sql<object>('SELECT * FROM sign_on_attempt');
    const text = JSON.stringify(rows) + rows.map((it) => Object.values(it).map(String).join()).join();
    expect(text).not.toContain(state);
    expect(text).not.toContain(attempt);
  });
});
