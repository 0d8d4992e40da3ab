import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addPasskey,
  beginPasskey,
  beginPasskeyLogin,
  checkPermission,
  confirmAuthenticator,
  enrolAuthenticator,
  listPasskeys,
  passkeyAdded,
  passkeyLogin,
  passkeyRemoved,
  readFactors,
  refresh,
  removePasskey,
  renamePasskey,
  type Reply,
  type Request,
} from '@orion/contracts';
import { codeOf, eventually, problemOf, publishedBy } from '@orion/testing';
import { TOTP } from 'otpauth';
import { MOST_PASSKEYS } from '../src/passkeys/passkeys.use-case';
import { SessionCleaning } from '../src/sessions/session-cleaning.job';
import { type AuthHarness, PASSWORD, startAuth } from './auth.harness';
import type { Signed } from './members';
import { Page } from './page';
import { type Quirks, SoftAuthenticator } from './soft.authenticator';

const ORIGIN = 'https://orion.example';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth({ PUBLIC_URL: `${ORIGIN}/app` })));
afterAll(() => auth.close());

type Credential = Request<typeof passkeyLogin>['body']['credential'];

const begin = (who: Signed, body: Request<typeof beginPasskey>['body'] = { password: PASSWORD }) =>
  auth.as(who.accessToken).call(beginPasskey, { body });
const add = (who: Signed, credential: Request<typeof addPasskey>['body']['credential'], name = 'Laptop') =>
  auth.as(who.accessToken).call(addPasskey, { body: { name, credential } });
const list = async (who: Signed) => (await auth.as(who.accessToken).call(listPasskeys)).items;
const remove = (who: Signed, id: string, password = PASSWORD) =>
  auth.as(who.accessToken).call(removePasskey, { params: { id }, body: { password } });

/** A person with a passkey. */
async function holder(device = new SoftAuthenticator(ORIGIN)) {
  const ada = await auth.member();
  const passkey = await add(ada, device.create(await begin(ada)));
  return { ada, device, passkey };
}

const asked = () => auth.as().call(beginPasskeyLogin);
const enter = (credential: Credential, more: { organizationId?: string } = {}) =>
  auth.as().call(passkeyLogin, { body: { credential, ...more } });
const signIn = async (device: SoftAuthenticator, quirks: Quirks = {}) =>
  enter(device.get(await asked(), quirks));
const refused = async (call: Promise<unknown>) => {
  const { status, code, title, detail } = await problemOf(call);
  return { status, code, title, detail };
};
const REFUSED = { status: 401, code: 'PASSKEY_REFUSED', title: 'This passkey signs nobody in' };
const works = ({ accessToken }: Reply<typeof passkeyLogin>) =>
  auth.as(accessToken).call(checkPermission, { query: { permission: 'role.view' } });

describe('a passkey', () => {
  it('is made for this platform and this person, by who is verified', async () => {
    const ada = await auth.member();
    const options = await begin(ada);
    expect(options).toMatchObject({
      rp: { id: 'orion.example' },
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(options.user.id).not.toContain(ada.userId);
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32);
    const made = new SoftAuthenticator(ORIGIN).create(options);
    const passkey = await add(ada, made, ' Key ring ');
    expect(passkey).toMatchObject({ name: 'Key ring', synced: false, lastUsedAt: null });
    expect(await list(ada)).toEqual([passkey]);
    expect((await begin(ada)).excludeCredentials).toEqual([
      { id: made.id, type: 'public-key', transports: ['internal'] },
    ]);
    expect(await auth.as(ada.accessToken).call(readFactors)).toMatchObject({ passkeys: 1 });
  });

  it('is known as synced where its maker keeps it in a cloud', async () => {
    const { ada } = await holder(new SoftAuthenticator(ORIGIN, false));
    expect(await list(ada)).toMatchObject([{ synced: true }]);
  });

  it('is begun with the password, and a code of who has an authenticator', async () => {
    const ada = await auth.member();
    expect(await codeOf(begin(ada, { password: 'no' }))).toBe('WRONG_PASSWORD');
    const as = auth.as(ada.accessToken);
    const { uri } = await as.call(enrolAuthenticator, { body: { password: PASSWORD } });
    const secret = new URL(uri).searchParams.get('secret') ?? '';
    const code = (steps: number) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
    await as.call(confirmAuthenticator, { body: { code: code(0) } });
    expect(await problemOf(begin(ada))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field: 'body.code' }],
    });
    expect(await codeOf(begin(ada, { password: PASSWORD, code: code(0) }))).toBe('CODE_WRONG');
    await begin(ada, { password: PASSWORD, code: code(1) });
  });

  it.each<[string, Quirks]>([
    ['from another site', { origin: 'https://orion.example.evil' }],
    ['over plain http', { origin: 'http://orion.example' }],
    ['for another platform', { rpId: 'evil.example' }],
    ['of somebody who was not verified', { verified: false }],
    ['with what signs in', { type: 'webauthn.get' }],
  ])('is not added %s', async (_, quirks) => {
    const ada = await auth.member();
    const made = new SoftAuthenticator(ORIGIN).create(await begin(ada), quirks);
    expect(await codeOf(add(ada, made))).toBe('PASSKEY_INVALID');
    expect(await list(ada)).toEqual([]);
  });

  it('is added by whom the challenge was given to, once, while it is fresh, and for nothing else', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const device = new SoftAuthenticator(ORIGIN);
    const options = await begin(ada);
    expect(await codeOf(add(eve, device.create(options)))).toBe('PASSKEY_INVALID');
    await add(ada, device.create(options));
    expect(await codeOf(add(ada, device.create(options)))).toBe('PASSKEY_INVALID');
    const late = await begin(ada);
    await auth.sql('UPDATE passkey_challenge SET expires_at = now() WHERE user_id = $1', [ada.userId]);
    expect(await codeOf(add(ada, device.create(late)))).toBe('PASSKEY_INVALID');
    const { challenge } = await asked();
    expect(await codeOf(add(ada, device.create({ ...late, challenge })))).toBe('PASSKEY_INVALID');
    expect(await codeOf(add(ada, device.create({ ...late, challenge: 'made up' })))).toBe('PASSKEY_INVALID');
    expect(await list(ada)).toHaveLength(1);
  });

  it('belongs to one person', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const device = new SoftAuthenticator(ORIGIN);
    const made = device.create(await begin(ada));
    await add(ada, made);
    const { challenge } = await begin(eve);
    const clientData = { type: 'webauthn.create', challenge, origin: ORIGIN, crossOrigin: false };
    const clientDataJSON = Buffer.from(JSON.stringify(clientData)).toString('base64url');
    const copied = { ...made, response: { ...made.response, clientDataJSON } };
    expect(await codeOf(add(eve, copied))).toBe('PASSKEY_EXISTS');
  });

  it('is one of twenty', async () => {
    const { ada, device } = await holder();
    const options = await begin(ada);
    for (let n = 1; n < MOST_PASSKEYS; n += 1)
      await auth.sql(
        `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, synced, name)
         VALUES (gen_random_uuid(), $1, decode(md5($2), 'hex'), '', 0, '{}', false, 'x')`,
        [ada.userId, `${ada.userId} ${n}`],
      );
    expect(await codeOf(add(ada, device.create(options)))).toBe('PASSKEY_LIMIT');
    expect(await codeOf(begin(ada))).toBe('PASSKEY_LIMIT');
  });

  it.each<[string, (made: ReturnType<SoftAuthenticator['create']>) => object, string]>([
    ['no base64url', (it) => ({ ...it, id: 'a+b' }), 'body.credential.id'],
    ['a field nobody knows', (it) => ({ ...it, extra: 1 }), 'body.credential'],
    [
      'too much',
      (it) => ({ ...it, response: { ...it.response, attestationObject: 'A'.repeat(20_001) } }),
      'body.credential.response.attestationObject',
    ],
  ])('is refused by field with %s', async (_, change, field) => {
    const ada = await auth.member();
    const made = new SoftAuthenticator(ORIGIN).create(await begin(ada));
    const told = await problemOf(add(ada, change(made) as typeof made));
    expect(told).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(told.errors?.map((it) => it.field).join()).toContain(field);
  });

  it('that is garbage within its shape is refused', async () => {
    const ada = await auth.member();
    const device = new SoftAuthenticator(ORIGIN);
    const { response, ...made } = device.create(await begin(ada));
    for (const clientDataJSON of ['', 'AAAA', Buffer.from('[]').toString('base64url'), 'bnVsbA'])
      expect(await codeOf(add(ada, { ...made, response: { ...response, clientDataJSON } }))).toBe(
        'PASSKEY_INVALID',
      );
    const options = await begin(ada);
    const next = device.create(options);
    const broken = { ...next, response: { ...next.response, attestationObject: 'oA' } };
    expect(await codeOf(add(ada, broken))).toBe('PASSKEY_INVALID');
  });
});

describe('own passkeys', () => {
  it('are renamed and removed, and those of others are as good as missing', async () => {
    const { ada, passkey, device } = await holder();
    const eve = await auth.member();
    const rename = (who: Signed, id: string, name: string) =>
      auth.as(who.accessToken).call(renamePasskey, { params: { id }, body: { name } });
    expect(await rename(ada, passkey.id, 'Phone')).toMatchObject({ id: passkey.id, name: 'Phone' });
    for (const id of [passkey.id, randomUUID()]) {
      expect(await codeOf(rename(eve, id, 'Mine'))).toBe('NOT_FOUND');
      expect(await codeOf(remove(eve, id))).toBe('NOT_FOUND');
    }
    expect(await codeOf(remove(ada, passkey.id, 'no'))).toBe('WRONG_PASSWORD');
    expect(await list(ada)).toMatchObject([{ name: 'Phone' }]);
    await remove(ada, passkey.id);
    expect(await list(ada)).toEqual([]);
    expect(await refused(signIn(device))).toEqual(REFUSED);
    const fact = { passkeyId: passkey.id, userId: ada.userId };
    expect(await publishedBy(auth.service, passkey.id)).toMatchObject([
      { type: passkeyAdded.type, organizationid: ada.organizationId, data: { ...fact, name: 'Laptop' } },
      { type: passkeyRemoved.type, organizationid: ada.organizationId, data: { ...fact, name: 'Phone' } },
    ]);
  });

  it('take the other sessions with them that began with them, and no others', async () => {
    const { ada, device, passkey } = await holder();
    const [mine, lost] = [await signIn(device), await signIn(device)];
    await auth.as(mine.accessToken).call(removePasskey, {
      params: { id: passkey.id },
      body: { password: PASSWORD },
    });
    await eventually(async () => expect(await codeOf(works(lost))).toBe('UNAUTHENTICATED'));
    await works(mine);
    await works(ada);
    const { refreshToken } = lost;
    expect(await codeOf(auth.as().call(refresh, { body: { refreshToken } }))).toBe('REFRESH_REJECTED');
  });
});

describe('signing in with a passkey', () => {
  it('needs neither address nor password, and gives a session like any other', async () => {
    const { ada, device } = await holder();
    const options = await asked();
    expect(options).toMatchObject({ rpId: 'orion.example', userVerification: 'required' });
    const tokens = await enter(device.get(options));
    expect(tokens).toMatchObject({ userId: ada.userId, organizationId: ada.organizationId });
    expect(await works(tokens)).toMatchObject({ granted: true });
    const { refreshToken } = tokens;
    await auth.as().call(refresh, { body: { refreshToken } });
    expect((await list(ada))[0]?.lastUsedAt).not.toBeNull();
  });

  it('leaves the refresh token in a cookie of a page', async () => {
    const { device } = await holder();
    const page = new Page(auth.service.url);
    const { body: options } = await page.post('/auth/login/passkey/options');
    const credential = device.get(options as Reply<typeof beginPasskeyLogin>);
    const answer = await page.post('/auth/login/passkey', { credential, delivery: 'cookie' });
    expect(answer).toMatchObject({ status: 200, body: { refreshToken: '' } });
    expect([...page.cookies.keys()].join()).toContain('orion_refresh_');
  });

  it('is for the organization that is asked for, of which the person has to be a member', async () => {
    const { ada, device } = await holder();
    const eve = await auth.member();
    const organizationId = randomUUID();
    await auth.sql(
      `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
       VALUES (gen_random_uuid(), $1, $2, '{viewer}', true, now(), 1)`,
      [organizationId, ada.userId],
    );
    expect(await enter(device.get(await asked()), { organizationId })).toMatchObject({ organizationId });
    const foreign = enter(device.get(await asked()), { organizationId: eve.organizationId });
    expect(await codeOf(foreign)).toBe('NO_MEMBERSHIP');
  });

  it('works again and again with one that does not count', async () => {
    const { device } = await holder(new SoftAuthenticator(ORIGIN, false));
    for (let n = 0; n < 3; n += 1) await works(await signIn(device));
  });

  it.each<[string, Quirks]>([
    ['from another site', { origin: 'https://evil.example' }],
    ['for another platform', { rpId: 'evil.example' }],
    ['of somebody who was not verified', { verified: false }],
    ['with what adds a passkey', { type: 'webauthn.create' }],
    ['for another person', { handle: Buffer.alloc(16, 7).toString('base64url') }],
    ['for no person', { handle: '' }],
  ])('is refused alike %s', async (_, quirks) => {
    const { device } = await holder();
    expect(await refused(signIn(device, quirks))).toEqual(REFUSED);
  });

  it('is refused alike with a passkey nobody knows, a wrong signature, and garbage', async () => {
    const { device } = await holder();
    const { ada } = await holder();
    const stranger = new SoftAuthenticator(ORIGIN);
    stranger.create(await begin(ada));
    expect(await refused(signIn(stranger))).toEqual(REFUSED);
    const asking = await asked();
    const signed = device.get(asking);
    const changed = (response: Partial<Credential['response']>) =>
      enter({ ...signed, response: { ...signed.response, ...response } });
    expect(await refused(changed({ signature: stranger.get(asking).response.signature }))).toEqual(REFUSED);
    for (const clientDataJSON of ['', 'AAAA', 'bnVsbA'])
      expect(await refused(changed({ clientDataJSON }))).toEqual(REFUSED);
    expect(await refused(changed({ authenticatorData: 'AA' }))).toEqual(REFUSED);
    expect(await refused(enter({ ...signed, rawId: 'AA' }))).toEqual(REFUSED);
  });

  it('uses a challenge up, right or wrong, while it is fresh, and none given to add a passkey', async () => {
    const { ada, device } = await holder();
    const once = await asked();
    await enter(device.get(once));
    expect(await refused(enter(device.get(once)))).toEqual(REFUSED);
    const spent = await asked();
    expect(await refused(enter(device.get(spent, { verified: false })))).toEqual(REFUSED);
    expect(await refused(enter(device.get(spent)))).toEqual(REFUSED);
    const late = await asked();
    await auth.sql('UPDATE passkey_challenge SET expires_at = now() WHERE user_id IS NULL');
    expect(await refused(enter(device.get(late)))).toEqual(REFUSED);
    const { challenge } = await begin(ada);
    expect(await refused(enter(device.get({ ...late, challenge })))).toEqual(REFUSED);
    expect(await refused(enter(device.get({ ...late, challenge: 'AAAA' })))).toEqual(REFUSED);
  });

  it('is refused to a copy whose counter has fallen behind, also where both come at once', async () => {
    const { device } = await holder();
    await signIn(device, { counter: 5 });
    for (const counter of [5, 4, 0]) expect(await refused(signIn(device, { counter }))).toEqual(REFUSED);
    const two = [await asked(), await asked()].map((it) => device.get(it, { counter: 6 }));
    const outcomes = await Promise.allSettled(two.map((it) => enter(it)));
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    await signIn(device, { counter: 7 });
  });

  it('is slowed down where it keeps failing', async () => {
    const { device } = await holder();
    const codes: string[] = [];
    for (let n = 0; n < 8; n += 1) codes.push(await codeOf(signIn(device, { verified: false })));
    expect(codes[0]).toBe('PASSKEY_REFUSED');
    expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS');
    const { device: other } = await holder();
    await signIn(other);
  });
});

describe('challenges', () => {
  it('are removed once they have run out', async () => {
    await asked();
    await auth.sql('UPDATE passkey_challenge SET expires_at = now()');
    await asked();
    await auth.service.app.get(SessionCleaning, { strict: false }).run();
    expect(await auth.sql('SELECT 1 FROM passkey_challenge')).toHaveLength(1);
  });
});
