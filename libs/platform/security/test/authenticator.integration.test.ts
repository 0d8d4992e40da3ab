import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { createHmac, randomUUID } from 'node:crypto';
import { type Authenticator, requirePermission, signAccessToken, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../src';
import { first, pair } from './support/key-set';
import { claims, token, World } from './support/world';

let world: World;

beforeEach(async () => {
  world = new World();
  await world.open();
});
afterEach(() => world.close());

const refused = (authenticator: Authenticator, header: string | undefined) =>
  expect(authenticator.authenticate(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token of ours', () => {
  it('names its principal', async () => {
    const { authenticator } = await world.start();
    const { sub, org, sid, prm } = claims(['customer.view', 'booking.view']);
    const principal = await authenticator.authenticate(
      `Bearer ${signAccessToken({ sub, org, sid, prm }, first)}`,
    );
    expect(principal).toEqual({
      userId: sub,
      organizationId: org,
      sessionId: sid,
      permissions: new Set(['customer.view', 'booking.view']),
      claims: expect.objectContaining({ sub, org, sid, prm }),
    });
  });

  it('names who acts for its subject, who is kept from what is personal', async () => {
    const { authenticator } = await world.start();
    const { sub, org, sid, prm } = claims();
    const act = { sub: randomUUID() };
    const acting = `Bearer ${signAccessToken({ sub, org, sid, prm, act }, first)}`;
    expect(await authenticator.authenticate(acting)).toMatchObject({ userId: sub, impersonatorId: act.sub });
    const personal = { access: 'authenticated', personal: true } as const;
    await expect(authenticator.admit(personal, acting)).rejects.toMatchObject({ code: 'IMPERSONATED' });
    const own = `Bearer ${signAccessToken({ sub, org, sid, prm }, first)}`;
    expect(await authenticator.admit(personal, own)).not.toHaveProperty('impersonatorId');
    const odd = { sub, org, sid, prm, act: { sub: 'somebody' } };
    await refused(authenticator, `Bearer ${signAccessToken(odd, first)}`);
  });

  it('is let in where its permissions reach, and told what they lack', async () => {
    const { authenticator } = await world.start();
    const header = `bearer ${token()}`;
    expect(await authenticator.admit({ access: 'public' }, undefined)).toBeNull();
    const principal = await authenticator.admit({ access: 'customer.view' }, header);
    expect(await authenticator.admit({ access: 'authenticated' }, header)).toEqual(principal);
    await expect(authenticator.admit({ access: 'customer.manage' }, header)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      detail: 'This needs the permission customer.manage',
      extensions: { permission: 'customer.manage' },
    });
    if (principal) expect(() => requirePermission(principal, 'customer.view')).not.toThrow();
  });
});

describe('anything else is refused', () => {
  it.each([
    undefined,
    '',
    'Basic Zm9v',
    'Bearer',
    'Bearer a.b',
    'Bearer a.b.c',
    `Bearer ${'x'.repeat(9_000)}.y.z`,
  ])('such as the header %s', async (header) => {
    await refused((await world.start()).authenticator, header);
  });

  it('such as a token without signature (alg none)', async () => {
    const { authenticator } = await world.start();
    const body = encode({ ...claims(), iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, exp: 9e9, iat: 1 });
    for (const alg of ['none', 'None', 'NONE']) {
      await refused(authenticator, `Bearer ${encode({ alg, kid: 'first' })}.${body}.`);
    }
  });

  it('such as a token signed with our public key as a shared secret (HS256)', async () => {
    const { authenticator } = await world.start();
    const head = encode({ alg: 'HS256', kid: 'first', typ: 'JWT' });
    const body = encode({ ...claims(), iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, exp: 9e9, iat: 1 });
    const pem = first.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signature = createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url');
    await refused(authenticator, `Bearer ${head}.${body}.${signature}`);
  });

  it('such as a token that was tampered with', async () => {
    const { authenticator } = await world.start();
    const [head, body, signature] = token().split('.');
    const forged = {
      ...(JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as object),
      org: randomUUID(),
    };
    await refused(authenticator, `Bearer ${head}.${encode(forged)}.${signature}`);
    await refused(authenticator, `Bearer ${head}.${body}.${signature?.slice(0, -4)}AAAA`);
  });

  it('such as a key id that is no id, or brings its own key', async () => {
    const { authenticator } = await world.start();
    const stranger = pair('stranger');
    const sign = (header: object) =>
      new JwtService().sign(claims(), {
        privateKey: stranger.privateKey,
        algorithm: 'RS256',
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        expiresIn: 60,
        header: { alg: 'RS256', ...header },
      });
    for (const kid of ['../../etc/passwd', "' OR 1=1 --", 'x'.repeat(300), 'http://evil/jwks']) {
      await refused(authenticator, `Bearer ${sign({ kid })}`);
    }
    await refused(authenticator, `Bearer ${sign({})}`);
    await refused(authenticator, `Bearer ${sign({ kid: 'first', jwk: stranger.jwk })}`);
    await refused(authenticator, `Bearer ${sign({ kid: 'first', jku: 'http://evil/jwks' })}`);
    await refused(authenticator, `Bearer ${sign({ kid: 'first', crit: ['exp'] })}`);
  });

  it('such as another issuer or audience, or claims of another shape', async () => {
    const { authenticator } = await world.start();
    const sign = (
      payload: object,
      issuer = TOKEN_ISSUER,
      audience = TOKEN_AUDIENCE,
      life: object = { expiresIn: 60 },
    ) =>
      new JwtService().sign(payload, {
        privateKey: first.privateKey,
        algorithm: 'RS256',
        keyid: 'first',
        issuer,
        audience,
        ...life,
      });
    await refused(authenticator, `Bearer ${sign(claims(), 'someone')}`);
    await refused(authenticator, `Bearer ${sign(claims(), TOKEN_ISSUER, 'something')}`);
    await refused(authenticator, `Bearer ${sign({ ...claims(), org: 'every' })}`);
    await refused(authenticator, `Bearer ${sign(claims(), TOKEN_ISSUER, TOKEN_AUDIENCE, {})}`);
  });

  it('such as a token that has expired for longer than clocks may differ', async () => {
    const { authenticator } = await world.start();
    await expect(authenticator.authenticate(`Bearer ${token(first, [], -3)}`)).resolves.toBeDefined();
    await expect(authenticator.authenticate(`Bearer ${token(first, [], -8)}`)).rejects.toMatchObject({
      detail: 'The token has expired',
    });
  });

  it('such as a verified token once it has expired', async () => {
    const { authenticator } = await world.start();
    const header = `Bearer ${token(first, [], -4)}`;
    await authenticator.authenticate(header);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await refused(authenticator, header);
  });
});
