import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accountEmailChanged,
  accountMailRequested,
  changeEmail,
  changePassword,
  checkPermission,
  confirmEmailChange,
  type EventData,
  forgotPassword,
  login,
  mailLink,
  personChanged,
  readAccount,
  refresh,
  register,
  type Reply,
  resendVerification,
  resetPassword,
  verifyEmail,
} from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { codeOf, eventually, refusal } from '@orion/testing';
import { PersonConsumer } from '../src/account-changes/person.consumer';
import { LinkCleaning } from '../src/mail-links/link-cleaning.job';
import { type AuthHarness, PASSWORD, registration, someEmail, startAuth } from './auth.harness';

const OTHER = 'another long password';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Mail = EventData<typeof accountMailRequested>;
type Tokens = Reply<typeof login>;

const mails = async (userId: string, kind?: string): Promise<Mail[]> => {
  const rows = await auth.sql<{ data: Mail }>(
    `SELECT envelope::jsonb -> 'data' AS data FROM platform.outbox
      WHERE type = $1 AND aggregate_id = $2 ORDER BY sequence`,
    [accountMailRequested.type, userId],
  );
  return rows.map((it) => it.data).filter((it) => kind === undefined || it.kind === kind);
};
const ask = async (mail: Mail | undefined) =>
  (await auth.service.app.get(Questions).ask(mailLink, { linkId: mail?.linkId ?? randomUUID() })).token ?? '';
/** The token of the newest mail of a kind, as notification gets it. */
const tokenOf = async (userId: string, kind: string) => ask((await mails(userId, kind)).at(-1));
const signedIn = (email: string, password = PASSWORD) => auth.as().call(login, { body: { email, password } });
const me = ({ accessToken }: Tokens) => auth.as(accessToken).call(readAccount);
const post = (path: string, body: object) =>
  fetch(`${auth.service.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('an e-mail address', () => {
  it('is proved by the link that is sent on registration, once', async () => {
    const tokens = await auth.member();
    expect(await me(tokens)).toMatchObject({ emailVerifiedAt: null, newEmail: null, language: 'en' });
    const token = await tokenOf(tokens.userId, 'verify-email');
    await auth.as().call(verifyEmail, { body: { token } });
    expect((await me(tokens)).emailVerifiedAt).not.toBeNull();
    expect(await codeOf(auth.as().call(verifyEmail, { body: { token } }))).toBe('LINK_INVALID');
  });

  it('is proved by the last link of a mail, and by none after two days', async () => {
    const tokens = await auth.member();
    const first = await tokenOf(tokens.userId, 'verify-email');
    const second = await tokenOf(tokens.userId, 'verify-email');
    expect(await codeOf(auth.as().call(verifyEmail, { body: { token: first } }))).toBe('LINK_INVALID');
    await auth.sql(`UPDATE account_link SET expires_at = now() WHERE user_id = $1`, [tokens.userId]);
    expect(await codeOf(auth.as().call(verifyEmail, { body: { token: second } }))).toBe('LINK_INVALID');
    expect(await tokenOf(tokens.userId, 'verify-email')).toBe('');
  });

  it('gets further links, five in an hour, until it is proved', async () => {
    const tokens = await auth.member();
    const again = () => auth.as(tokens.accessToken).call(resendVerification);
    for (let n = 0; n < 7; n += 1) await again();
    expect(await mails(tokens.userId)).toHaveLength(5);
    await auth.as().call(verifyEmail, { body: { token: await tokenOf(tokens.userId, 'verify-email') } });
    await auth.sql(`UPDATE account_link SET created_at = now() - interval '2 hours'`);
    await again();
    expect(await mails(tokens.userId)).toHaveLength(5);
  });

  it('is one address in whatever case, and holds no letters that only look like others', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    expect(await signedIn(email.toUpperCase())).toMatchObject({ userId });
    const lookalike = `а${email.slice(1)}`;
    const { status, problem } = await refusal(auth.as().call(register, registration(lookalike)));
    expect([status, problem.errors?.[0]?.field]).toEqual([400, 'body.email']);
  });

  it('gets its mails in the language of the registration, then of the person', async () => {
    const email = someEmail();
    const { body } = registration(email);
    const { userId, organizationId } = await auth
      .as()
      .call(register, { body: { ...body, language: 'pl' as const } });
    expect(await mails(userId)).toMatchObject([{ language: 'pl', email, name: 'Ada' }]);
    const consumer = auth.service.app.get(PersonConsumer, { strict: false });
    const event = { type: personChanged.type, data: { userId, name: 'Ada L.', language: 'fr' } };
    await auth.database.tenant(organizationId, (tx) => consumer.handle(tx, event as never));
    expect(await me(await signedIn(email))).toMatchObject({ name: 'Ada L.', language: 'fr' });
  });
});

describe('a forgotten password', () => {
  const forget = (email: string) => auth.as().call(forgotPassword, { body: { email } });
  const requested = (userId: string, count = 1) =>
    eventually(async () => expect(await mails(userId, 'reset-password')).toHaveLength(count));

  it('is replaced by the link once, which ends every session and proves the address', async () => {
    const email = someEmail();
    const tokens = await auth.member(email);
    await forget(email.toUpperCase());
    await requested(tokens.userId);
    const token = await tokenOf(tokens.userId, 'reset-password');
    const reset = (password: string) => auth.as().call(resetPassword, { body: { token, password } });
    await reset(OTHER);
    expect(await codeOf(reset('yet another password'))).toBe('LINK_INVALID');
    expect(await codeOf(signedIn(email))).toBe('BAD_CREDENTIALS');
    const { refreshToken } = tokens;
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
    const query = { permission: 'role.view' } as const;
    await eventually(async () =>
      expect(await codeOf(auth.as(tokens.accessToken).call(checkPermission, { query }))).toBe(
        'UNAUTHENTICATED',
      ),
    );
    expect((await me(await signedIn(email, OTHER))).emailVerifiedAt).not.toBeNull();
    expect(await mails(tokens.userId, 'password-changed')).toHaveLength(1);
  });

  it('is answered alike and as fast for an address nobody has', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    const time = async (address: string) => {
      const begun = performance.now();
      const response = await post('/auth/forgot-password', { email: address });
      return [response.status, await response.text(), performance.now() - begun] as const;
    };
    await time(email);
    const [known, unknown] = [[] as number[], [] as number[]];
    for (let n = 0; n < 9; n += 1) {
      for (const [address, times] of [
        [email, known],
        [someEmail(), unknown],
      ] as const) {
        const [status, body, ms] = await time(address);
        expect([status, body]).toEqual([204, '']);
        times.push(ms);
      }
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[4] ?? 0;
    expect(median(known)).toBeLessThan(median(unknown) * 3 + 5);
    expect(median(unknown)).toBeLessThan(median(known) * 3 + 5);
    await requested(userId, 5);
    await eventually(async () => expect(await auth.sql('SELECT id FROM reset_request')).toEqual([]));
    expect(await mails(userId, 'reset-password')).toHaveLength(5);
  });

  it('cannot be replaced by two at once', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    await forget(email);
    await requested(userId);
    const token = await tokenOf(userId, 'reset-password');
    const outcomes = await Promise.allSettled(
      [OTHER, 'yet another password'].map((password) =>
        auth.as().call(resetPassword, { body: { token, password } }),
      ),
    );
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  });

  it('leaves no token in the database or in any event', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    await forget(email);
    await requested(userId);
    const token = await tokenOf(userId, 'reset-password');
    const [found] = await auth.sql<{ text: string }>(
      `SELECT string_agg(row_to_json(l)::text, '') || (SELECT string_agg(envelope, '') FROM platform.outbox) AS text
         FROM account_link l`,
    );
    expect(found?.text).not.toContain(token);
    expect(found?.text).toContain(userId);
  });

  it('is not told of an unknown token by a hash computed in vain', async () => {
    const body = { token: 'x'.repeat(43), password: OTHER };
    expect(await codeOf(auth.as().call(resetPassword, { body }))).toBe('LINK_INVALID');
  });
});

describe('a password', () => {
  it('is changed with the one before, which ends the other sessions', async () => {
    const email = someEmail();
    const [first, second] = [await auth.member(email), await signedIn(email)];
    const change = (currentPassword: string) =>
      auth.as(first.accessToken).call(changePassword, { body: { currentPassword, newPassword: OTHER } });
    expect(await codeOf(change('wrong'))).toBe('WRONG_PASSWORD');
    await change(PASSWORD);
    const exchange = ({ refreshToken }: Tokens) => auth.as().call(refresh, { body: { refreshToken } });
    expect(await codeOf(exchange(second))).toBe('REFRESH_REJECTED');
    await exchange(first);
    await signedIn(email, OTHER);
    expect((await mails(first.userId)).map((it) => it.kind)).toEqual(['verify-email', 'password-changed']);
  });

  it('is guessed no faster there than at sign-in', async () => {
    const { accessToken } = await auth.member();
    const body = { currentPassword: 'wrong', newPassword: OTHER };
    const codes: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      codes.push(await codeOf(auth.as(accessToken).call(changePassword, { body })));
    }
    expect(codes).toContain('TOO_MANY_REQUESTS');
  });

  it.each([
    [
      '/auth/register',
      { ...registration('long@example.org').body, password: 'x'.repeat(10_000) },
      'password',
    ],
    ['/auth/login', { email: 'long@example.org', password: 'x'.repeat(10_000) }, 'password'],
    ['/auth/reset-password', { token: 'x', password: 'x'.repeat(10_000) }, 'password'],
  ])('of 10,000 characters is refused by %s before it is hashed', async (path, body, field) => {
    const begun = performance.now();
    const response = await post(path, body);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: `body.${field}` }] });
  });
});

describe('a change of address', () => {
  const wish = ({ accessToken }: Tokens, newEmail: string, password = PASSWORD) =>
    auth.as(accessToken).call(changeEmail, { body: { newEmail, password } });
  const confirm = (token: string) => auth.as().call(confirmEmailChange, { body: { token } });

  it('is made once both sides have confirmed, in any order, and ends every session', async () => {
    const [email, next] = [someEmail(), someEmail()];
    const tokens = await auth.member(email);
    const { userId } = tokens;
    expect(await codeOf(wish(tokens, next, 'wrong'))).toBe('WRONG_PASSWORD');
    await wish(tokens, next);
    expect(await me(tokens)).toMatchObject({ email, newEmail: next });
    expect((await mails(userId, 'change-email-old')).map((it) => it.email)).toEqual([email]);
    expect((await mails(userId, 'change-email-new')).map((it) => it.email)).toEqual([next]);
    const fresh = await tokenOf(userId, 'change-email-new');
    expect(await confirm(fresh)).toEqual({ changed: false });
    expect(await codeOf(confirm(fresh))).toBe('LINK_INVALID');
    await signedIn(email);
    expect(await confirm(await tokenOf(userId, 'change-email-old'))).toEqual({ changed: true });
    expect(await codeOf(signedIn(email))).toBe('BAD_CREDENTIALS');
    expect(await me(await signedIn(next))).toMatchObject({ email: next, newEmail: null });
    const { refreshToken } = tokens;
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
    const told = await auth.sql<{ data: object }>(
      `SELECT envelope::jsonb -> 'data' AS data FROM platform.outbox WHERE type = $1 AND aggregate_id = $2`,
      [accountEmailChanged.type, userId],
    );
    expect(told).toEqual([{ data: { userId, email: next } }]);
    expect((await mails(userId, 'email-changed')).map((it) => it.email)).toEqual([email]);
  });

  it('gives way to a later one', async () => {
    const tokens = await auth.member();
    await wish(tokens, someEmail());
    const old = await tokenOf(tokens.userId, 'change-email-old');
    await wish(tokens, someEmail());
    expect(await codeOf(confirm(old))).toBe('LINK_INVALID');
  });

  it('to an address that is taken is found out only by who reads its mail', async () => {
    const taken = someEmail();
    await auth.member(taken);
    const tokens = await auth.member();
    await wish(tokens, taken.toUpperCase());
    await confirm(await tokenOf(tokens.userId, 'change-email-old'));
    expect(await codeOf(confirm(await tokenOf(tokens.userId, 'change-email-new')))).toBe('EMAIL_TAKEN');
    expect((await me(tokens)).email).not.toBe(taken);
  });
});

describe('a sign-in from a device not seen before', () => {
  it('is told by mail, the first of all and known ones are not', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    const from = (agent: string) =>
      fetch(`${auth.service.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': agent,
          'x-forwarded-for': '203.0.113.5',
        },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0';
    await from(agent);
    await from(agent.replace('131.0', '132.0'));
    expect((await mails(userId, 'new-device')).map((it) => it.facts)).toEqual([
      { device: 'Firefox on Linux', address: '203.0.113.5', at: expect.any(String) },
    ]);
  });
});

describe('old links', () => {
  it('are removed a day after they ran out', async () => {
    const { userId } = await auth.member();
    await auth.sql(`UPDATE account_link SET expires_at = now() - interval '2 days' WHERE user_id = $1`, [
      userId,
    ]);
    await auth.service.app.get(LinkCleaning, { strict: false }).run();
    expect(await auth.sql('SELECT id FROM account_link WHERE user_id = $1', [userId])).toEqual([]);
  });
});
