import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LoggerModule } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import {
  Database,
  DatabaseModule,
  JobsModule,
  type JobSource,
  Leases,
  periodic,
  type PeriodicJob,
} from '../src';
import { PrismaClient } from './generated/prisma/client';
import { eventually, openSample, type Sample } from './support/sample';

@Injectable()
class Counting implements PeriodicJob {
  readonly name = 'counting';
  readonly everyMs = 60_000;
  readonly wake = 'count';
  runs = 0;

  run(): Promise<boolean> {
    return Promise.resolve(++this.runs < 3);
  }
}

@Module({ providers: [Counting], exports: [Counting] })
class CountingModule {}

async function start({ copy }: Sample, jobs: JobSource[]) {
  @Module({
    imports: [
      LoggerModule.forService('test', { level: 'silent' }),
      DatabaseModule.forService({
        service: 'sample',
        client: PrismaClient,
        url: copy.url,
        workerUrl: copy.workerUrl,
        pool: 2,
        workerPool: 2,
      }),
      CountingModule,
      JobsModule.register(jobs),
    ],
  })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  return app;
}

describe('jobs', () => {
  let sample: Sample | undefined;

  afterEach(async () => {
    await sample?.close();
    delete process.env['ORION_ROLE'];
  });

  it('run until there is nothing more to do, and again when woken', async () => {
    sample = await openSample();
    const app = await start(sample, [Counting]);
    const job = app.get(Counting);
    await eventually(() => expect(job.runs).toBe(3));
    const database = app.get(Database);
    await eventually(async () => {
      await database.global((tx) => database.notify(tx as object, 'count'));
      expect(job.runs).toBeGreaterThan(3);
    });
    await app.close();
  });

  it('run in one process at a time where they are leased, and never after the end', async () => {
    sample = await openSample();
    let running = 0;
    let most = 0;
    let runs = 0;
    const leased = periodic({
      name: 'leased',
      everyMs: 5,
      leased: true,
      inject: [Leases, Database],
      run: async (_signal, leases, database) => {
        expect([leases, database]).toEqual([expect.any(Leases), expect.any(Database)]);
        most = Math.max(most, ++running);
        runs++;
        await new Promise((later) => setTimeout(later, 5));
        running--;
        return false;
      },
    });
    const apps = [await start(sample, [leased]), await start(sample, [leased])];
    await eventually(() => expect(runs).toBeGreaterThan(3));
    await Promise.all(apps.map((it) => it.close()));
    const ended = runs;
    await new Promise((later) => setTimeout(later, 30));
    expect([most, runs]).toEqual([1, ended]);
  });

  it('go on after an error', async () => {
    sample = await openSample();
    let runs = 0;
    const run = () => (++runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve(false));
    const app = await start(sample, [periodic({ name: 'failing', everyMs: 5, inject: [], run })]);
    await eventually(() => expect(runs).toBeGreaterThan(1));
    await app.close();
  });

  it('do not run in a process that serves HTTP only', async () => {
    process.env['ORION_ROLE'] = 'api';
    sample = await openSample();
    const app = await start(sample, [Counting]);
    await new Promise((later) => setTimeout(later, 50));
    expect(app.get(Counting).runs).toBe(0);
    await app.close();
  });

  it('forget idempotency keys after two days', async () => {
    sample = await openSample();
    const { database } = sample;
    const principal = { userId: randomUUID(), organizationId: randomUUID() };
    const call = (key: string) => ({ contract: { id: 'x' }, principal, idempotencyKey: key });
    await database.execute(call('old'), () => Promise.resolve(1));
    await database.execute(call('new'), () => Promise.resolve(1));
    const owner = sample.copy.ownerUrl;
    const { withClient } = await import('../src');
    await withClient(owner, async (client) => {
      await client.query('ALTER TABLE platform.idempotency NO FORCE ROW LEVEL SECURITY');
      await client.query(
        `UPDATE platform.idempotency SET created_at = now() - interval '49 hours' WHERE key = 'old'`,
      );
      await client.query('ALTER TABLE platform.idempotency FORCE ROW LEVEL SECURITY');
    });
    const app = await start(sample, []);
    await eventually(async () => {
      const rows = await database.workerClient.$queryRaw`SELECT key FROM platform.idempotency`;
      expect(rows).toEqual([{ key: 'new' }]);
    });
    await app.close();
  });
});
