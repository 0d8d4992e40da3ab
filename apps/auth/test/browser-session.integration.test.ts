import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CSRF_HEADER } from '@orion/contracts';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';
import { Page } from './page';

let auth: AuthHarness;
let email: string;
let userId: string;
let organizationId: string;
beforeAll(async () => {
  auth = await startAuth();
  email = someEmail();
  ({ userId, organizationId } = await auth.member(email));
});
afterAll(() => auth.close());

const credentials = (more: object = {}) => ({ email, password: PASSWORD, delivery: 'cookie', ...more });
const open = () => new Page(auth.service.url);

async function signedIn(more: object = {}): Promise<Page> {
  const page = open();
  expect((await page.post('/auth/login', credentials(more))).status).toBe(200);
  return page;
}

describe('signing in as a page', () => {
  it('puts the refresh token into a cookie no script can read, and into nothing else', async () => {
    const page = open();
    const { body, set } = await page.post('/auth/login', credentials({ remember: true }));
    expect(body).toMatchObject({ refreshToken: '', userId, organizationId });
    expect(set).toHaveLength(1);
    expect(set[0]).toMatch(
      new RegExp(
        `^orion_refresh_${organizationId}=[\\w-]{64}; Path=/api/v1/auth; Max-Age=2592000; HttpOnly; SameSite=Strict$`,
      ),
    );
  });

  it('keeps it until the browser closes where nobody asked to be remembered', async () => {
    const { set } = await open().post('/auth/login', credentials());
    expect(set[0]).not.toContain('Max-Age');
    const [session] = await auth.sql<{ life: string; days: number }>(
      `SELECT life, extract(day FROM expires_at - created_at)::int AS days FROM session
        WHERE user_id = $1 ORDER BY id DESC LIMIT 1`,
      [userId],
    );
    expect(session).toEqual({ life: 'BRIEF', days: 7 });
  });

  it('keeps it to encrypted connections but on this machine', async () => {
    const page = open();
    const far = { 'x-forwarded-host': 'orion.example.org', 'x-forwarded-proto': 'https' };
    const { set } = await page.post('/auth/login', credentials(), {
      ...far,
      origin: 'https://orion.example.org',
    });
    expect(set[0]).toContain('; Secure;');
  });

  it('leaves programs their tokens in the body', async () => {
    const page = open();
    const { body, set } = await page.post('/auth/login', { email, password: PASSWORD });
    expect(body['refreshToken']).toMatch(/^[\w-]{64}$/);
    expect(set).toEqual([]);
  });
});

describe('refreshing as a page', () => {
  it('exchanges the cookie for another, as brief as the first', async () => {
    const page = await signedIn();
    const [before] = page.cookies.values();
    const { status, body, set } = await page.post('/auth/refresh');
    expect([status, body['refreshToken']]).toEqual([200, '']);
    expect(set[0]).not.toContain('Max-Age');
    expect([...page.cookies.values()]).not.toEqual([before]);
    expect((await page.post('/auth/refresh')).status).toBe(200);
  });

  it('lets two tabs exchange the same cookie at once', async () => {
    const page = await signedIn();
    const [cookie = ''] = [...page.cookies].map(([name, value]) => `${name}=${value}`);
    const answers = await Promise.all([1, 2].map(() => open().post('/auth/refresh', {}, { cookie })));
    expect(answers.map((it) => it.status)).toEqual([200, 200]);
    expect(answers[0]?.set).toEqual(answers[1]?.set);
  });

  it('takes the organization the tab is for, and the last one for a new tab', async () => {
    const other = randomUUID();
    await auth.sql(
      `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
       VALUES (gen_random_uuid(), $1, $2, '{viewer}', true, now(), 1)`,
      [other, userId],
    );
    const page = await signedIn({ organizationId });
    await page.post('/auth/login', credentials({ organizationId: other }));
    expect(page.cookies.size).toBe(2);
    expect((await page.post('/auth/refresh', { organizationId })).body).toMatchObject({ organizationId });
    expect((await page.post('/auth/refresh')).body).toMatchObject({ organizationId: other });
  });

  it('moves a session whose token is in the body into a cookie', async () => {
    const page = open();
    const { body } = await page.post('/auth/login', { email, password: PASSWORD, remember: false });
    const { refreshToken } = body;
    const moved = await page.post('/auth/refresh', { refreshToken, delivery: 'cookie' });
    expect(moved.body['refreshToken']).toBe('');
    expect(moved.set[0]).not.toContain('Max-Age');
    expect((await page.post('/auth/refresh')).status).toBe(200);
  });

  it('drops a cookie that is worth nothing any more', async () => {
    const page = await signedIn();
    await auth.sql(
      `UPDATE session SET ended_at = now(), end_reason = 'revoked' WHERE user_id = $1 AND ended_at IS NULL`,
      [userId],
    );
    const { status, body } = await page.post('/auth/refresh');
    expect([status, body['code']]).toEqual([401, 'REFRESH_REJECTED']);
    expect(page.cookies.size).toBe(0);
    expect((await page.post('/auth/refresh')).status).toBe(401);
  });

  it.each([
    ['a form of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another origin of the same site', { 'sec-fetch-site': 'same-site' }],
    ['an origin that is hidden', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
  ])('is refused to %s', async (_, headers) => {
    const page = await signedIn();
    for (const path of ['/auth/refresh', '/auth/logout']) {
      const { status, body } = await page.post(path, {}, headers);
      expect([status, body['code']]).toEqual([403, 'CROSS_SITE_REFUSED']);
    }
    expect((await open().post('/auth/login', credentials(), headers)).status).toBe(403);
    expect((await page.post('/auth/refresh')).status).toBe(200);
  });

  it('is refused without the header only a page of this site can send', async () => {
    const page = await signedIn();
    page.headers = Object.fromEntries(Object.entries(page.headers).filter(([name]) => name !== CSRF_HEADER));
    expect((await page.post('/auth/refresh')).body['code']).toBe('CROSS_SITE_REFUSED');
    expect((await page.post('/auth/login', credentials())).body['code']).toBe('CROSS_SITE_REFUSED');
  });
});

describe('signing out as a page', () => {
  it('ends the session of the cookie and forgets it', async () => {
    const page = await signedIn();
    const copy = open();
    for (const [name, value] of page.cookies) copy.cookies.set(name, value);
    expect((await page.post('/auth/logout')).status).toBe(204);
    expect(page.cookies.size).toBe(0);
    expect((await copy.post('/auth/refresh')).status).toBe(401);
    expect((await page.post('/auth/logout')).status).toBe(204);
  });
});
