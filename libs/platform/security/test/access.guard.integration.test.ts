import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Req } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CacheModule } from '@orion/cache';
import { endpoint, type Permission } from '@orion/contracts';
import { currentContext, LoggerModule, runForRequest } from '@orion/logger';
import { ProblemFilter } from '@orion/problem';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  ImplementedContract,
  type KeySource,
  permissionDigest,
  type PermissionSource,
  type RevocationSource,
  principalOf,
  type PublicJwk,
  SecurityModule,
  signAccessToken,
  Unguarded,
} from '../src';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
const signingKey = { kid: 'k', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
const minted = new Map<string, string[]>();

class OwnKeys implements KeySource {
  find(): Promise<PublicJwk> {
    return Promise.resolve({ kty: 'RSA', kid: 'k', alg: 'RS256', use: 'sig', n, e });
  }
}

class NoRevocations implements RevocationSource {
  since = () => Promise.resolve([]);
}

class OwnPermissions implements PermissionSource {
  find(digest: string): Promise<string[] | null> {
    return Promise.resolve(minted.get(digest) ?? null);
  }
}

const contract = (id: string, access: 'public' | 'authenticated' | Permission) =>
  endpoint({
    id,
    service: 'user',
    method: 'GET',
    path: `/${id}`,
    summary: 'For tests',
    access,
    reply: z.any(),
  });

@Controller()
class Rooms {
  @Get('open')
  @ImplementedContract(contract('open', 'public'))
  open(@Req() request: object) {
    return { principal: principalOf(request) };
  }

  @Get('lobby')
  @ImplementedContract(contract('lobby', 'authenticated'))
  lobby(@Req() request: object) {
    return { principal: principalOf(request)?.userId, context: currentContext() };
  }

  @Get('vault')
  @ImplementedContract(contract('vault', 'platform.operate'))
  vault() {
    return {};
  }

  @Get('forgotten')
  forgotten() {
    return {};
  }

  @Get('lamp')
  @Unguarded('no room at all')
  lamp() {
    return {};
  }
}

@Module({
  imports: [
    LoggerModule.forService('test', { level: 'silent' }),
    CacheModule.forService({
      REDIS_URL: process.env['ORION_REDIS_URL'] ?? '',
      MESSAGING_NAMESPACE: `test-${randomUUID().slice(0, 8)}`,
    }),
    SecurityModule.forService({
      authUrl: 'http://127.0.0.1:9',
      keys: OwnKeys,
      permissions: OwnPermissions,
      revocations: NoRevocations,
    }),
  ],
  controllers: [Rooms],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class RoomsModule {}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  const adapter = new FastifyAdapter();
  adapter.getInstance().addHook('onRequest', (request, _reply, done) => runForRequest(request.raw, {}, done));
  app = await NestFactory.create<NestFastifyApplication>(RoomsModule, adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const claims = { sub: randomUUID(), org: randomUUID(), sid: randomUUID() };

async function enter(room: string, permissions?: Permission[]) {
  const headers: Record<string, string> = {};
  if (permissions) {
    const prm = permissionDigest(permissions);
    minted.set(prm, permissions);
    headers['authorization'] = `Bearer ${signAccessToken({ ...claims, prm }, signingKey)}`;
  }
  const response = await fetch(`${url}/${room}`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the guard', () => {
  it('lets everybody into what is public, and knows nobody there', async () => {
    expect(await enter('open')).toEqual({ status: 200, body: { principal: null } });
    expect(await enter('open', [])).toEqual({ status: 200, body: { principal: null } });
  });

  it('asks for a token elsewhere and puts who it is into the context', async () => {
    expect(await enter('lobby')).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(await enter('lobby', [])).toMatchObject({
      status: 200,
      body: { principal: claims.sub, context: { organizationId: claims.org, userId: claims.sub } },
    });
  });

  it('asks for the permission of the contract', async () => {
    expect(await enter('vault', ['customer.view'])).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN', permission: 'platform.operate' },
    });
    expect((await enter('vault', ['platform.operate'])).status).toBe(200);
  });

  it('closes what implements no contract, unless that was said with its reason', async () => {
    expect((await enter('forgotten', ['platform.operate'])).status).toBe(403);
    expect((await enter('lamp')).status).toBe(200);
  });
});
