import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dropDatabase,
  freshTestDatabase,
  migrateService,
  provisionService,
  serviceUrls,
  withClient,
} from '../src';
import { adminUrl } from './support/sample';

const PASSWORDS = { owner: 'test-owner', app: 'test-app', worker: 'test-worker', audit: 'test-audit' };
const prefix = `orion_test_${randomBytes(4).toString('hex')}`;

describe('provisioning and migrations', () => {
  let folder: string;
  const migration = async (name: string, sql: string) => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'migration.sql'), sql);
  };
  const urls = (service: string) => serviceUrls(adminUrl(), service, { passwords: PASSWORDS, prefix });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    await cp(join(__dirname, 'prisma/migrations'), folder, { recursive: true });
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
    for (const service of ['a', 'b']) await dropDatabase(adminUrl(), urls(service).database);
    await withClient(adminUrl(), async (client) => {
      for (const role of ['a', 'a_owner', 'a_worker', 'b', 'b_owner', 'b_worker', 'audit']) {
        await client.query(`DROP ROLE IF EXISTS "${prefix}_${role}"`);
      }
    });
  });

  it('can be repeated, also by several processes at once', async () => {
    const provision = (service: string) =>
      provisionService(adminUrl(), service, { passwords: PASSWORDS, prefix });
    await Promise.all(['a', 'b', 'a', 'b', 'a'].map(provision));
    expect(await provision('a')).toEqual(urls('a'));
    const applied = await Promise.all([1, 2, 3].map(() => migrateService(urls('a').ownerUrl, folder)));
    expect(applied.flat()).toEqual([
      '20261120000000_platform',
      '20261121000000_init',
      '20261123000000_refill',
      '20261124000000_erasure',
    ]);
  });

  it("let no service's role open another's database", async () => {
    for (const url of [urls('a').url, urls('a').workerUrl, urls('a').ownerUrl]) {
      const foreign = new URL(url);
      foreign.pathname = `/${urls('b').database}`;
      await expect(withClient(foreign.toString(), () => Promise.resolve())).rejects.toThrow(
        'permission denied',
      );
    }
  });

  it('cost next to nothing when there is nothing to do', async () => {
    const started = performance.now();
    expect(await migrateService(urls('a').ownerUrl, folder)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('apply what is new, functions with semicolons included', async () => {
    await migration(
      '20261122000000_more',
      `CREATE FUNCTION twice(x int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN x := x * 2; RETURN x; END; $$;`,
    );
    expect(await migrateService(urls('a').ownerUrl, folder)).toEqual(['20261122000000_more']);
  });

  it('refuse a table that nobody decided about', async () => {
    await migration('20261123000000_bare', 'CREATE TABLE bare (id uuid PRIMARY KEY);');
    await expect(migrateService(urls('a').ownerUrl, folder)).rejects.toThrow('bare');
    await migration('20261124000000_covered', `SELECT platform.global_table('bare', 'decided after all');`);
    expect(await migrateService(urls('a').ownerUrl, folder)).toEqual(['20261124000000_covered']);
  });

  it('leave nothing of a migration that fails', async () => {
    await migration('20261125000000_broken', 'CREATE TABLE half (id int); SELECT 1 / 0;');
    await expect(migrateService(urls('a').ownerUrl, folder)).rejects.toThrow();
    await withClient(urls('a').ownerUrl, async (client) => {
      expect((await client.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }]);
    });
    await rm(join(folder, '20261125000000_broken'), { recursive: true });
  });

  it('refuse a migration that was changed after it was applied, or has no file', async () => {
    await migration('20261122000000_more', 'SELECT 1;');
    await expect(migrateService(urls('a').ownerUrl, folder)).rejects.toThrow('20261122000000_more');
    await mkdir(join(folder, '20261126000000_empty'));
    await expect(migrateService(urls('a').ownerUrl, folder)).rejects.toThrow('holds no migration.sql');
  });

  it('give each test a copy of its own and remove those of ended processes', async () => {
    const orphan = 'orion_test_c_4194305_sample_0';
    await withClient(adminUrl(), (client) => client.query(`CREATE DATABASE ${orphan}`));
    const copies = await Promise.all(
      [1, 2].map(() => freshTestDatabase(adminUrl(), 'sample', join(__dirname, 'prisma'))),
    );
    expect(new Set(copies.map((it) => it.database)).size).toBe(2);
    await Promise.all(copies.map((it) => it.drop()));
    await withClient(adminUrl(), async (client) => {
      const { rows } = await client.query('SELECT datname FROM pg_database WHERE datname = ANY ($1)', [
        [orphan, ...copies.map((it) => it.database)],
      ]);
      expect(rows).toEqual([]);
    });
  });
});
