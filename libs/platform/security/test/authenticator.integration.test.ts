import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { Cache, CacheModule } from '@orion/cache';
import { API_PREFIX, jwks } from '@orion/contracts';
import { LoggerModule } from '@orion/logger';
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Authenticator,
  permissionDigest,
  type PermissionSource,
  type PublicJwk,
  requirePermission,
  SecurityModule,
  signAccessToken,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
} from '../src';

interface Pair {
  kid: string;
  privateKey: string;
  jwk: PublicJwk;
  publicKey: KeyObject;
}

function pair(kid: string): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    publicKey,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    jwk: { kty: 'RSA', kid, alg: 'RS256', use: 'sig', n, e },
  };
}

const [first, second] = [pair('first'), pair('second')];

/** Auth's key set over HTTP, as the test wants it at the moment. */
class KeySet {
  keys: PublicJwk[] = [first.jwk];
  down = false;
  fetches = 0;
  private readonly server: Server = createServer((request, response) => {
    this.fetches += 1;
    if (this.down || request.url !== API_PREFIX + jwks.path) response.writeHead(500).end();
    else response.end(JSON.stringify({ keys: this.keys }));
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

const minted = new Map<string, readonly string[]>();
let asked = 0;

class Minted implements PermissionSource {
  find(digest: string): Promise<readonly string[] | null> {
    asked += 1;
    return Promise.resolve(minted.get(digest) ?? null);
  }
}

const claims = (permissions: string[] = ['customer.view']) => {
  const prm = permissionDigest(permissions);
  minted.set(prm, permissions);
  return { sub: randomUUID(), org: randomUUID(), sid: randomUUID(), prm };
};

const token = (key: Pair = first, permissions?: string[], life?: number) =>
  signAccessToken(claims(permissions), key, life);

let keySet: KeySet;
let authUrl: string;
let namespace: string;
let closing: (() => Promise<unknown>)[];

async function start(): Promise<{ authenticator: Authenticator; cache: Cache }> {
  @Module({
    imports: [
      LoggerModule.forService('test', { level: 'silent' }),
      CacheModule.forService({
        REDIS_URL: process.env['ORION_REDIS_URL'] ?? '',
        MESSAGING_NAMESPACE: namespace,
      }),
      SecurityModule.forService({ authUrl, permissions: Minted }),
    ],
  })
  class TestModule {}

  const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  closing.push(() => app.close());
  const cache = app.get(Cache);
  while (!cache.available) await new Promise((resolve) => setTimeout(resolve, 5));
  return { authenticator: app.get(Authenticator), cache };
}

beforeEach(async () => {
  keySet = new KeySet();
  authUrl = await keySet.open();
  namespace = `test-${randomUUID().slice(0, 8)}`;
  asked = 0;
  minted.clear();
  closing = [() => keySet.close()];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const refused = (authenticator: Authenticator, header: string | undefined) =>
  expect(authenticator.authenticate(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

describe('a token of ours', () => {
  it('names its principal', async () => {
    const { authenticator } = await start();
    const { sub, org, sid, prm } = claims(['customer.view', 'booking.view']);
    const principal = await authenticator.authenticate(
      `Bearer ${signAccessToken({ sub, org, sid, prm }, first)}`,
    );
    expect(principal).toEqual({
      userId: sub,
      organizationId: org,
      sessionId: sid,
      permissions: new Set(['customer.view', 'booking.view']),
    });
  });

  it('is let in where its permissions reach, and told what they lack', async () => {
    const { authenticator } = await start();
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
    await refused((await start()).authenticator, header);
  });

  it('such as a token without signature (alg none)', async () => {
    const { authenticator } = await start();
    const body = encode({ ...claims(), iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, exp: 9e9, iat: 1 });
    for (const alg of ['none', 'None', 'NONE']) {
      await refused(authenticator, `Bearer ${encode({ alg, kid: 'first' })}.${body}.`);
    }
  });

  it('such as a token signed with our public key as a shared secret (HS256)', async () => {
    const { authenticator } = await start();
    const head = encode({ alg: 'HS256', kid: 'first', typ: 'JWT' });
    const body = encode({ ...claims(), iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, exp: 9e9, iat: 1 });
    const pem = first.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signature = createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url');
    await refused(authenticator, `Bearer ${head}.${body}.${signature}`);
  });

  it('such as a token that was tampered with', async () => {
    const { authenticator } = await start();
    const [head, body, signature] = token().split('.');
    const forged = {
      ...(JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as object),
      org: randomUUID(),
    };
    await refused(authenticator, `Bearer ${head}.${encode(forged)}.${signature}`);
    await refused(authenticator, `Bearer ${head}.${body}.${signature?.slice(0, -4)}AAAA`);
  });

  it('such as a key id that is no id, or brings its own key', async () => {
    const { authenticator } = await start();
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
    const { authenticator } = await start();
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
    const { authenticator } = await start();
    await expect(authenticator.authenticate(`Bearer ${token(first, [], -3)}`)).resolves.toBeDefined();
    await expect(authenticator.authenticate(`Bearer ${token(first, [], -8)}`)).rejects.toMatchObject({
      detail: 'The token has expired',
    });
  });

  it('such as a verified token once it has expired', async () => {
    const { authenticator } = await start();
    const header = `Bearer ${token(first, [], -4)}`;
    await authenticator.authenticate(header);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await refused(authenticator, header);
  });
});

describe('the key set', () => {
  it('is fetched once for many requests at once, and then kept', async () => {
    const { authenticator } = await start();
    await Promise.all(Array.from({ length: 20 }, () => authenticator.authenticate(`Bearer ${token()}`)));
    await authenticator.authenticate(`Bearer ${token()}`);
    expect(keySet.fetches).toBe(1);
  });

  it('is not fetched again and again for unknown key ids', async () => {
    const { authenticator } = await start();
    await authenticator.authenticate(`Bearer ${token()}`);
    for (let i = 0; i < 10; i += 1) await refused(authenticator, `Bearer ${token(pair(`unknown-${i}`))}`);
    expect(keySet.fetches).toBe(1);
  }, 60_000);

  it('of before keeps working while auth is down', async () => {
    const { authenticator } = await start();
    await authenticator.authenticate(`Bearer ${token()}`);
    keySet.down = true;
    await expect(authenticator.authenticate(`Bearer ${token()}`)).resolves.toBeDefined();
  });

  it('that could never be had is our fault, not the caller’s, and is asked for again soon', async () => {
    keySet.down = true;
    const { authenticator } = await start();
    await expect(authenticator.authenticate(`Bearer ${token()}`)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    keySet.down = false;
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await expect(authenticator.authenticate(`Bearer ${token()}`)).resolves.toBeDefined();
  });

  it('may hold several keys, during a rotation', async () => {
    keySet.keys = [first.jwk, second.jwk];
    const { authenticator } = await start();
    for (const key of [first, second]) {
      await expect(authenticator.authenticate(`Bearer ${token(key)}`)).resolves.toBeDefined();
    }
  });
});

describe('the permissions behind a digest', () => {
  it('are asked for once, kept in memory and in Redis', async () => {
    const one = await start();
    await Promise.all(Array.from({ length: 10 }, () => one.authenticator.authenticate(`Bearer ${token()}`)));
    expect(asked).toBe(1);
    const other = await start();
    minted.clear();
    const bearer = signAccessToken({ ...claims(), prm: permissionDigest(['customer.view']) }, first);
    minted.clear();
    await expect(other.authenticator.authenticate(`Bearer ${bearer}`)).resolves.toBeDefined();
    expect(asked).toBe(1);
  });

  it('are not believed where their digest is another, wherever they come from', async () => {
    const { authenticator, cache } = await start();
    const bearer = token();
    const digest = permissionDigest(['customer.view']);
    minted.set(digest, ['customer.view', 'customer.manage']);
    await refused(authenticator, `Bearer ${bearer}`);
    minted.set(digest, ['customer.view']);
    await cache.redis.set(`permission-set:${digest}`, JSON.stringify(['platform.operate']));
    const principal = await authenticator.authenticate(`Bearer ${bearer}`);
    expect([...principal.permissions]).toEqual(['customer.view']);
  });

  it('nobody ever minted make the token none of ours', async () => {
    const { authenticator } = await start();
    const bearer = token();
    minted.clear();
    await refused(authenticator, `Bearer ${bearer}`);
  });

  it('are found without Redis too, and with nonsense in it', async () => {
    const { authenticator, cache } = await start();
    await cache.redis.set(`permission-set:${permissionDigest(['customer.view'])}`, '{nonsense');
    await expect(authenticator.authenticate(`Bearer ${token()}`)).resolves.toBeDefined();
    cache.redis.disconnect();
    await expect(
      authenticator.authenticate(`Bearer ${token(first, ['booking.view'])}`),
    ).resolves.toBeDefined();
  });
});
