import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeSignInPolicy,
  confirmAuthenticator,
  enrolAuthenticator,
  login,
  loginEnrol,
  loginSecondFactor,
  readFactors,
  readSignInPolicy,
  refresh,
  removeAuthenticator,
  renewRecoveryCodes,
  type Reply,
} from '@orion/contracts';
import { codeOf, refusal } from '@orion/testing';
import { Secret, TOTP } from 'otpauth';
import { SessionCleaning } from '../src/sessions/session-cleaning.job';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';
import { Page } from './page';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Tokens = Reply<typeof login>;

/** A code of now, or of a step before or after. */
const codeAt = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
const wrong = (secret: string) => String((Number(codeAt(secret)) + 1) % 1_000_000).padStart(6, '0');
const signIn = (email: string) => auth.as().call(login, { body: { email, password: PASSWORD } });
const challengeOf = async (email: string) => {
  const { status, problem } = await refusal(signIn(email));
  expect([status, problem.code]).toEqual([401, 'SECOND_FACTOR_REQUIRED']);
  return String(problem['challenge']);
};
const finish = (challenge: string, more: { code: string } | { recoveryCode: string }) =>
  auth.as().call(loginSecondFactor, { body: { challenge, ...more } });
/** Lets the last code that was used count as one of a step before. */
const stepsPass = (userId: string) =>
  auth.sql('UPDATE authenticator SET last_step = last_step - 2 WHERE user_id = $1', [userId]);

async function withAuthenticator() {
  const email = someEmail();
  const tokens = await auth.member(email);
  const as = auth.as(tokens.accessToken);
  const { secret, uri } = await as.call(enrolAuthenticator, { body: { password: PASSWORD } });
  const { recoveryCodes } = await as.call(confirmAuthenticator, { body: { code: codeAt(secret) } });
  return { email, tokens, as, secret, uri, recoveryCodes };
}

describe('an authenticator', () => {
  it('counts once a code was confirmed, and is then asked for at sign-in', async () => {
    const email = someEmail();
    const tokens = await auth.member(email);
    const as = auth.as(tokens.accessToken);
    expect(await codeOf(as.call(enrolAuthenticator, { body: { password: 'wrong' } }))).toBe('WRONG_PASSWORD');
    const { secret, uri } = await as.call(enrolAuthenticator, { body: { password: PASSWORD } });
    expect(uri).toContain(`secret=${secret}`);
    await signIn(email);
    expect(await codeOf(as.call(confirmAuthenticator, { body: { code: wrong(secret) } }))).toBe('CODE_WRONG');
    const { recoveryCodes } = await as.call(confirmAuthenticator, { body: { code: codeAt(secret) } });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await as.call(readFactors)).toEqual({ authenticator: true, recoveryCodesLeft: 10, passkeys: 0 });
    await stepsPass(tokens.userId);
    const next = await finish(await challengeOf(email), { code: codeAt(secret) });
    expect(next).toMatchObject({ userId: tokens.userId, organizationId: tokens.organizationId });
    expect(await codeOf(as.call(enrolAuthenticator, { body: { password: PASSWORD } }))).toBe(
      'SECOND_FACTOR_EXISTS',
    );
  });

  it('refuses a code that was used, by anybody, within its time as well', async () => {
    const { email, secret, tokens } = await withAuthenticator();
    expect(await codeOf(finish(await challengeOf(email), { code: codeAt(secret) }))).toBe('CODE_WRONG');
    await stepsPass(tokens.userId);
    const challenges = [await challengeOf(email), await challengeOf(email)];
    const code = codeAt(secret);
    const outcomes = await Promise.allSettled(challenges.map((it) => finish(it, { code })));
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  });

  it('lies sealed in the database, recovery codes and challenges as hashes', async () => {
    const { email, secret, recoveryCodes } = await withAuthenticator();
    const challenge = await challengeOf(email);
    const [all] = await auth.sql<{ text: string }>(
      `SELECT (SELECT string_agg(row_to_json(a)::text, '') FROM authenticator a)
              || (SELECT string_agg(row_to_json(r)::text, '') FROM recovery_code r)
              || (SELECT string_agg(row_to_json(c)::text, '') FROM login_challenge c) AS text`,
    );
    const hex = (text: string) => Buffer.from(text).toString('hex');
    for (const it of [secret, challenge, recoveryCodes[0] ?? '']) {
      expect(all?.text).not.toContain(it);
      expect(all?.text).not.toContain(hex(it));
    }
  });

  it('is removed with password and code, and sign-in takes one step again', async () => {
    const { email, as, secret, tokens } = await withAuthenticator();
    await stepsPass(tokens.userId);
    const remove = (password: string, code: string) =>
      as.call(removeAuthenticator, { body: { password, code } });
    expect(await codeOf(remove('wrong', codeAt(secret)))).toBe('WRONG_PASSWORD');
    expect(await codeOf(remove(PASSWORD, wrong(secret)))).toBe('CODE_WRONG');
    await remove(PASSWORD, codeAt(secret));
    await signIn(email);
    expect(await as.call(readFactors)).toEqual({ authenticator: false, recoveryCodesLeft: 0, passkeys: 0 });
    expect(await codeOf(remove(PASSWORD, codeAt(secret)))).toBe('SECOND_FACTOR_MISSING');
  });
});

describe('a recovery code', () => {
  it('signs in once, however it is written', async () => {
    const { email, recoveryCodes, as } = await withAuthenticator();
    const [first = ''] = recoveryCodes;
    await finish(await challengeOf(email), { recoveryCode: ` ${first.toUpperCase().replaceAll('-', ' ')} ` });
    expect(await codeOf(finish(await challengeOf(email), { recoveryCode: first }))).toBe('CODE_WRONG');
    expect(await as.call(readFactors)).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it('is worth nothing once there are others', async () => {
    const { email, recoveryCodes, as, secret, tokens } = await withAuthenticator();
    await stepsPass(tokens.userId);
    const renewed = await as.call(renewRecoveryCodes, { body: { code: codeAt(secret) } });
    expect(await codeOf(finish(await challengeOf(email), { recoveryCode: recoveryCodes[1] ?? '' }))).toBe(
      'CODE_WRONG',
    );
    await finish(await challengeOf(email), { recoveryCode: renewed.recoveryCodes[1] ?? '' });
  });
});

describe('the second step', () => {
  it('runs out after five minutes or five attempts, and works once', async () => {
    const { email, recoveryCodes } = await withAuthenticator();
    const late = await challengeOf(email);
    await auth.sql('UPDATE login_challenge SET expires_at = now()');
    expect(await codeOf(finish(late, { recoveryCode: recoveryCodes[0] ?? '' }))).toBe('CHALLENGE_INVALID');
    const used = await challengeOf(email);
    await finish(used, { recoveryCode: recoveryCodes[0] ?? '' });
    expect(await codeOf(finish(used, { recoveryCode: recoveryCodes[1] ?? '' }))).toBe('CHALLENGE_INVALID');
    const tried = await challengeOf(email);
    for (let n = 0; n < 5; n += 1) {
      expect(await codeOf(finish(tried, { recoveryCode: 'wrong' }))).toBe('CODE_WRONG');
    }
    expect(await codeOf(finish(tried, { recoveryCode: recoveryCodes[1] ?? '' }))).toBe('CHALLENGE_INVALID');
    await auth.sql('UPDATE login_challenge SET expires_at = now()');
    await auth.service.app.get(SessionCleaning, { strict: false }).run();
    expect(await auth.sql('SELECT hash FROM login_challenge')).toEqual([]);
  });

  it('delays guesses over all challenges, which a right password does not forgive', async () => {
    const { email } = await withAuthenticator();
    const codes: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      codes.push(await codeOf(finish(await challengeOf(email), { recoveryCode: 'wrong' })));
    }
    expect(codes).toContain('TOO_MANY_REQUESTS');
  });

  it('gives a page its cookie', async () => {
    const { email, recoveryCodes } = await withAuthenticator();
    const page = new Page(auth.service.url);
    const { body } = await page.post('/auth/login', { email, password: PASSWORD, delivery: 'cookie' });
    const [recoveryCode] = recoveryCodes;
    const answer = await page.post('/auth/login/second-factor', {
      challenge: body['challenge'],
      recoveryCode,
      delivery: 'cookie',
    });
    expect([answer.status, answer.body['refreshToken']]).toEqual([200, '']);
    expect((await page.post('/auth/refresh')).status).toBe(200);
  });
});

describe('an organization that asks for a second factor', () => {
  const require = ({ accessToken }: Tokens, secondFactorRequired: boolean) =>
    auth.as(accessToken).call(changeSignInPolicy, { body: { secondFactorRequired } });
  async function colleague(organizationId: string) {
    const email = someEmail();
    const { userId } = await auth.member(email);
    await auth.sql(
      `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
       VALUES (gen_random_uuid(), $1, $2, '{viewer}', true, now(), 1)`,
      [organizationId, userId],
    );
    return { email, body: { email, password: PASSWORD, organizationId } };
  }

  it('must be led by somebody who has one', async () => {
    const tokens = await auth.member();
    expect(await codeOf(require(tokens, true))).toBe('SECOND_FACTOR_MISSING');
    expect(await auth.as(tokens.accessToken).call(readSignInPolicy)).toEqual({ secondFactorRequired: false });
  });

  it('lets its members set one up as they sign in, and nobody in without', async () => {
    const { tokens } = await withAuthenticator();
    const { body, email } = await colleague(tokens.organizationId);
    const before = await auth.as().call(login, { body });
    await require(tokens, true);
    const { refreshToken } = before;
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
    await signIn(email);
    const { problem } = await refusal(auth.as().call(login, { body }));
    expect(problem).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED', setUp: false });
    const challenge = String(problem['challenge']);
    const { secret } = await auth.as().call(loginEnrol, { body: { challenge } });
    const done = await finish(challenge, { code: codeAt(secret) });
    expect(done.organizationId).toBe(tokens.organizationId);
    expect(await codeOf(auth.as().call(loginEnrol, { body: { challenge: await challengeOf(email) } }))).toBe(
      'SECOND_FACTOR_EXISTS',
    );
    await require(tokens, false);
    expect(await auth.as(tokens.accessToken).call(readSignInPolicy)).toEqual({ secondFactorRequired: false });
  });
});
