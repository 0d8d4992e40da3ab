import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '@orion/contracts';
import { type TestDatabase, withClient } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fillTenantTables, freshDatabase, infrastructure, openTables, reachedWithoutWhere } from '../src';

const APPS = join(__dirname, '../../../../apps');
const [OURS, THEIRS] = [randomUUID(), randomUUID()];

const adminUrl = ({ database }: TestDatabase): string => {
  const url = new URL(infrastructure().postgres);
  url.pathname = database;
  return url.href;
};

describe.each(SERVICES.map((service) => [service]))('the database of %s', (service) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await freshDatabase(service, join(APPS, service, 'prisma'))));
  afterAll(() => database?.drop());

  it('has a policy on every table, or the reason why not', async () => {
    expect(await openTables(database.ownerUrl)).toEqual([]);
    const reasons = await withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ reason: string }>(
        'SELECT reason FROM platform.global_table_reason',
      );
      return rows.map((it) => it.reason);
    });
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(20);
  });

  it('keeps an organization’s rows from statements that forgot their where', async () => {
    const tables = await fillTenantTables(adminUrl(database), [OURS, THEIRS]);
    expect(tables.length).toBeGreaterThan(1);
    expect(await reachedWithoutWhere(database.url, tables, OURS)).toEqual([]);
    expect(await reachedWithoutWhere(database.url, tables, null)).toEqual([]);
  });

  it('would be found out, had it a table without a policy or one that lets others through', async () => {
    await withClient(adminUrl(database), (client) =>
      client.query(`
        CREATE TABLE bare (organization_id uuid PRIMARY KEY);
        CREATE TABLE mute (organization_id uuid PRIMARY KEY);
        ALTER TABLE mute ENABLE ROW LEVEL SECURITY;
        ALTER TABLE mute FORCE ROW LEVEL SECURITY;
        CREATE TABLE leaky (organization_id uuid PRIMARY KEY);
        ALTER TABLE leaky ENABLE ROW LEVEL SECURITY;
        ALTER TABLE leaky FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON leaky TO orion_app USING (true);
        GRANT SELECT ON leaky TO orion_app;
        INSERT INTO leaky VALUES ('${OURS}'), ('${THEIRS}')`),
    );
    expect(await openTables(database.ownerUrl)).toEqual([
      { table: 'bare', why: 'not forced' },
      { table: 'mute', why: 'no policy' },
    ]);
    const leaky = [{ table: 'leaky', column: 'organization_id' }];
    for (const organizationId of [OURS, null])
      expect(await reachedWithoutWhere(database.url, leaky, organizationId)).toHaveLength(1);
  });
});
