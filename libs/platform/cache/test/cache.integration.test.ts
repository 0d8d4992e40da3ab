import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LoggerModule } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { register } from 'prom-client';
import { Cache, CacheModule } from '../src';

const REDIS_URL = process.env['ORION_REDIS_URL'] ?? '';
let closing: (() => Promise<unknown>)[];
let namespace: string;

beforeEach(() => {
  closing = [];
  namespace = `test-${randomUUID().slice(0, 8)}`;
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

async function open(url = REDIS_URL): Promise<Cache> {
  @Module({
    imports: [
      LoggerModule.forService('test', { level: 'silent' }),
      CacheModule.forService({ REDIS_URL: url, MESSAGING_NAMESPACE: namespace }),
    ],
  })
  class TestModule {}

  const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  closing.push(() => app.close());
  return app.get(Cache);
}

async function ready(url?: string): Promise<Cache> {
  const cache = await open(url);
  while (!cache.available) await sleep(5);
  return cache;
}

/** Something that loads slowly and counts how often it did. */
function source<T>(value: T, ms = 30) {
  const it = {
    loads: 0,
    load: async () => {
      it.loads += 1;
      await sleep(ms);
      return value;
    },
  };
  return it;
}

const reads = async (outcome: string): Promise<number> => {
  const metric = await register.getSingleMetric('orion_cache_reads_total')?.get();
  return (
    metric?.values.find((it) => it.labels['kind'] === 'metrics' && it.labels['outcome'] === outcome)?.value ??
    0
  );
};

/** A way to Redis that can be cut, or made to swallow everything. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private swallow = false;
  private readonly server: Server = createServer((near) => {
    const { port, hostname } = new URL(REDIS_URL);
    const far = connect(Number(port || 6379), hostname);
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (near.destroy(), far.destroy()));
    }
    near.on('data', (data) => this.swallow || far.write(data));
    far.on('data', (data) => this.swallow || near.write(data));
  });

  /** Answers with the address of Redis by way of this; user and password stay. */
  async open(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', () => resolve()));
    const url = new URL(REDIS_URL);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString();
  }

  hang(): void {
    this.swallow = true;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

describe('getOrLoad', () => {
  it('loads once and keeps the value for its time', async () => {
    const cache = await ready();
    const it = source({ orders: 3 });
    expect(await cache.getOrLoad('overview:a', 1, it.load)).toEqual({ orders: 3 });
    expect(await cache.getOrLoad('overview:a', 1, it.load)).toEqual({ orders: 3 });
    expect(it.loads).toBe(1);
    await sleep(1_100);
    await cache.getOrLoad('overview:a', 1, it.load);
    expect(it.loads).toBe(2);
  });

  it('keeps null, false and empty values as well', async () => {
    const cache = await ready();
    for (const value of [null, false, 0, '', []]) {
      const it = source(value);
      const key = `empty:${JSON.stringify(value)}`;
      expect(await cache.getOrLoad(key, 60, it.load)).toEqual(value);
      expect(await cache.getOrLoad(key, 60, it.load)).toEqual(value);
      expect(it.loads).toBe(1);
    }
  });

  it('loads once for many readers in this process', async () => {
    const cache = await ready();
    const it = source('x');
    await Promise.all(Array.from({ length: 50 }, () => cache.getOrLoad('one:x', 60, it.load)));
    expect(it.loads).toBe(1);
  });

  it('loads once for many processes', async () => {
    const caches = await Promise.all(Array.from({ length: 5 }, () => ready()));
    const it = source('x', 200);
    const values = await Promise.all(caches.map((cache) => cache.getOrLoad('many:x', 60, it.load)));
    expect({ loads: it.loads, values }).toEqual({ loads: 1, values: ['x', 'x', 'x', 'x', 'x'] });
  });

  it('passes an error to every reader, keeps nothing and loads again for the next', async () => {
    const cache = await ready();
    const failing = () => Promise.reject(new Error('no figures'));
    const both = await Promise.allSettled([1, 2].map(() => cache.getOrLoad('bad:x', 60, failing)));
    expect(both.map((it) => it.status)).toEqual(['rejected', 'rejected']);
    expect(await cache.getOrLoad('bad:x', 60, source('fine').load)).toBe('fine');
  });

  it('loads again once it was told to forget, or where Redis holds nonsense', async () => {
    const cache = await ready();
    const it = source('x');
    await cache.getOrLoad('forget:x', 60, it.load);
    await cache.forget('forget:x');
    await cache.getOrLoad('forget:x', 60, it.load);
    await cache.redis.set('forget:x', '{nonsense');
    await cache.getOrLoad('forget:x', 60, it.load);
    expect(it.loads).toBe(3);
  });

  it('counts hits, misses and the times Redis was away', async () => {
    const cache = await ready();
    await cache.getOrLoad('metrics:x', 60, source('x').load);
    await cache.getOrLoad('metrics:x', 60, source('x').load);
    cache.redis.disconnect();
    await cache.getOrLoad('metrics:x', 60, source('x').load);
    expect([await reads('miss'), await reads('hit'), await reads('unavailable')]).toEqual([1, 1, 1]);
  });

  it('keeps the keys of two namespaces apart', async () => {
    const one = await ready();
    await one.getOrLoad('same:key', 60, source('one').load);
    namespace = `test-${randomUUID().slice(0, 8)}`;
    const other = await ready();
    expect(await other.getOrLoad('same:key', 60, source('other').load)).toBe('other');
  });
});

describe('while Redis is away', () => {
  const quickly = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const value = await work();
    expect(performance.now() - begun).toBeLessThan(1_500);
    return value;
  };

  it('loads at once, from the start', async () => {
    const cache = await open('redis://127.0.0.1:9');
    expect(await quickly(() => cache.getOrLoad('away:x', 60, source('x').load))).toBe('x');
    await quickly(() => cache.forget('away:x'));
    expect(cache.available).toBe(false);
  });

  it('loads at once after the connection was lost, and uses Redis again when it is back', async () => {
    const wire = new Wire();
    const url = await wire.open();
    const cache = await ready(url);
    await wire.cut();
    expect(await quickly(() => cache.getOrLoad('lost:x', 60, source('x').load))).toBe('x');
    const again = new Wire();
    await again.open(Number(new URL(url).port));
    closing.unshift(() => again.cut());
    for (let i = 0; i < 200 && !cache.available; i += 1) await sleep(20);
    const it = source('y');
    await cache.getOrLoad('back:x', 60, it.load);
    await cache.getOrLoad('back:x', 60, it.load);
    expect(it.loads).toBe(1);
  });

  it('gives up soon on a Redis that does not answer', async () => {
    const wire = new Wire();
    const cache = await ready(await wire.open());
    wire.hang();
    expect(await quickly(() => cache.getOrLoad('hung:x', 60, source('x').load))).toBe('x');
    await wire.cut();
  });
});
