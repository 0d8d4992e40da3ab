import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cache, CacheModule } from '@orion/cache';
import { LoggerModule } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import {
  Authenticator,
  permissionDigest,
  type PermissionSource,
  type Revocation,
  Revocations,
  type RevocationSource,
  SecurityModule,
  signAccessToken,
} from '../../src';
import { first, KeySet, type Pair } from './key-set';

/** What has been minted, and how often somebody asked for it. */
export const minted = new Map<string, readonly string[]>();
export const counted = { asked: 0 };

class Minted implements PermissionSource {
  find(digest: string): Promise<readonly string[] | null> {
    counted.asked += 1;
    return Promise.resolve(minted.get(digest) ?? null);
  }
}

/** What was revoked, as auth tells it. */
export const revoked: Revocation[] = [];

class Revoked implements RevocationSource {
  since(): Promise<Revocation[]> {
    return Promise.resolve([...revoked]);
  }
}

export const claims = (permissions: string[] = ['customer.view']) => {
  const prm = permissionDigest(permissions);
  minted.set(prm, permissions);
  return { sub: randomUUID(), org: randomUUID(), sid: randomUUID(), prm };
};

export const token = (key: Pair = first, permissions?: string[], life?: number): string =>
  signAccessToken(claims(permissions), key, life);

/** A key set, a namespace in Redis, and services that use both. */
export class World {
  readonly keySet = new KeySet();
  private readonly namespace = `test-${randomUUID().slice(0, 8)}`;
  private readonly closing: (() => Promise<unknown>)[] = [];
  private authUrl = '';

  async open(): Promise<void> {
    minted.clear();
    counted.asked = 0;
    revoked.length = 0;
    this.authUrl = await this.keySet.open();
  }

  async start(): Promise<{ authenticator: Authenticator; cache: Cache; revocations: Revocations }> {
    const { authUrl, namespace } = this;

    @Module({
      imports: [
        LoggerModule.forService('test', { level: 'silent' }),
        CacheModule.forService({
          REDIS_URL: process.env['ORION_REDIS_URL'] ?? '',
          MESSAGING_NAMESPACE: namespace,
        }),
        SecurityModule.forService({ authUrl, permissions: Minted, revocations: Revoked }),
      ],
    })
    class TestModule {}

    const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    this.closing.push(() => app.close());
    const cache = app.get(Cache);
    while (!cache.available) await new Promise((resolve) => setTimeout(resolve, 5));
    return { authenticator: app.get(Authenticator), cache, revocations: app.get(Revocations) };
  }

  async close(): Promise<void> {
    for (const close of this.closing.reverse()) await close();
    await this.keySet.close();
  }
}
