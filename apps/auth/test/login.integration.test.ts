import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { login } from '@orion/contracts';
import { codeOf, refusal, eventually } from '@orion/testing';
import { SignInThrottle } from '../src/accounts/sign-in.throttle';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

const attempt = (email: string, password = PASSWORD, organizationId?: string) =>
  auth.as().call(login, { body: { email, password, ...(organizationId && { organizationId }) } });

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

async function joined(userId: string, joinedAt: string, active = true): Promise<string> {
  const organizationId = randomUUID();
  await auth.sql(
    `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
     VALUES (gen_random_uuid(), $1, $2, '{viewer}', $3, $4, 1)`,
    [organizationId, userId, active, joinedAt],
  );
  return organizationId;
}

describe('login', () => {
  it('answers a wrong password and an unknown e-mail with the same words', async () => {
    const email = someEmail();
    await auth.member(email);
    const wrong = await refusal(attempt(email, 'wrong'));
    const unknown = await refusal(attempt(someEmail(), 'wrong'));
    const words = ({ problem: { correlationId: _, ...rest } }: typeof wrong) => rest;
    expect(words(wrong)).toEqual(words(unknown));
    expect(wrong).toMatchObject({ status: 401, problem: { code: 'BAD_CREDENTIALS' } });
  });

  it('takes the e-mail in any case', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    expect(await attempt(email.toUpperCase())).toMatchObject({ userId });
  });

  it('puts user, organization, session and a permission digest into a token of ten minutes', async () => {
    const { accessToken, userId, organizationId } = await auth.member();
    const claims = claimsOf(accessToken);
    expect(claims).toMatchObject({ sub: userId, org: organizationId, iss: 'orion', aud: 'orion-api' });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(600);
    const [session] = await auth.sql<{ user_id: string }>('SELECT user_id FROM session WHERE id = $1', [
      claims['sid'],
    ]);
    expect(session?.user_id).toBe(userId);
    const sets = await auth.sql('SELECT digest FROM permission_set WHERE digest = $1', [claims['prm']]);
    expect(sets).toHaveLength(1);
  });

  it('chooses the oldest membership, or the organization that was asked for', async () => {
    const email = someEmail();
    const { userId, organizationId } = await auth.member(email);
    const older = await joined(userId, '2020-01-01');
    expect(await attempt(email)).toMatchObject({ organizationId: older });
    expect(await attempt(email, PASSWORD, organizationId)).toMatchObject({ organizationId });
    expect(await attempt(email, PASSWORD, organizationId.toUpperCase())).toMatchObject({ organizationId });
  });

  it('refuses an organization of others, and one that was left', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    const other = await auth.member();
    const left = await joined(userId, '2020-01-01', false);
    expect(await codeOf(attempt(email, PASSWORD, other.organizationId))).toBe('NO_MEMBERSHIP');
    expect(await codeOf(attempt(email, PASSWORD, left))).toBe('NO_MEMBERSHIP');
    expect(await codeOf(attempt(email, PASSWORD, randomUUID()))).toBe('NO_MEMBERSHIP');
  });

  it('refuses somebody who is a member of nothing any more', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    await auth.sql('UPDATE membership SET active = false WHERE user_id = $1', [userId]);
    expect(await codeOf(attempt(email))).toBe('NO_MEMBERSHIP');
  });
});

/** Failures beyond the free ones, without the time they would take; the delay is then 8 seconds. */
async function failedNineTimes({ as, service }: AuthHarness, email: string): Promise<void> {
  const wrong = { body: { email, password: 'wrong' } };
  for (let n = 0; n < 4; n += 1) expect(await codeOf(as().call(login, wrong))).toBe('BAD_CREDENTIALS');
  const throttle = service.app.get(SignInThrottle, { strict: false });
  for (let n = 0; n < 5; n += 1) await throttle.failed(email, '127.0.0.1');
}

describe('failed sign-ins', () => {
  it('delay the account at this address, and no other account', async () => {
    const [email, other] = [someEmail(), someEmail()];
    await auth.member(email);
    await auth.member(other);
    await failedNineTimes(auth, email);
    const { status, problem } = await refusal(attempt(email));
    expect([status, problem.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(problem['retryAfterSeconds']).toBeLessThanOrEqual(8);
    await attempt(other);
  });

  it('are forgiven once the delay is over and the right password comes', async () => {
    const email = someEmail();
    await auth.member(email);
    for (let n = 0; n < 6; n += 1) expect(await codeOf(attempt(email, 'wrong'))).toBe('BAD_CREDENTIALS');
    await eventually(() => attempt(email));
    for (let n = 0; n < 5; n += 1) expect(await codeOf(attempt(email, 'wrong'))).toBe('BAD_CREDENTIALS');
    await attempt(email);
  });

  it('delay unknown e-mails as well', async () => {
    const email = someEmail();
    await failedNineTimes(auth, email);
    expect(await codeOf(attempt(email))).toBe('TOO_MANY_REQUESTS');
  });
});

describe('many failures from one address', () => {
  it('delay every account tried from there, and nobody elsewhere', async () => {
    const email = someEmail();
    await auth.member(email);
    const throttle = auth.service.app.get(SignInThrottle, { strict: false });
    for (let n = 0; n < 104; n += 1) await throttle.failed(someEmail(), '203.0.113.7');
    const from = (address: string) =>
      fetch(`${auth.service.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
    const refused = await from('203.0.113.7');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
    expect((await from('203.0.113.8')).status).toBe(200);
  });
});

describe('with Redis away', () => {
  it('still signs in and still throttles', async () => {
    const alone = await startAuth({ REDIS_URL: 'redis://127.0.0.1:1' });
    try {
      const email = someEmail();
      await alone.member(email);
      await failedNineTimes(alone, email);
      const body = { email, password: PASSWORD };
      expect(await codeOf(alone.as().call(login, { body }))).toBe('TOO_MANY_REQUESTS');
    } finally {
      await alone.close();
    }
  });
});

describe('more sign-ins than the processor can take', () => {
  it('are answered BUSY with a time to come back, and the others succeed', async () => {
    const small = await startAuth({ PASSWORD_CONCURRENCY: '1', PASSWORD_QUEUE: '2' });
    try {
      const email = someEmail();
      await small.member(email);
      const body = JSON.stringify({ email, password: PASSWORD });
      const responses = await Promise.all(
        Array.from({ length: 20 }, () =>
          fetch(`${small.service.url}/api/v1/auth/login`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          }),
        ),
      );
      const busy = responses.filter((it) => it.status === 503);
      expect(busy.length).toBeGreaterThan(0);
      expect(responses.length - busy.length).toBe(responses.filter((it) => it.status === 200).length);
      expect(responses.length - busy.length).toBeGreaterThanOrEqual(3);
      expect(busy[0]?.headers.get('retry-after')).toBe('2');
      expect(await busy[0]?.json()).toMatchObject({ code: 'BUSY' });
    } finally {
      await small.close();
    }
  });
});
