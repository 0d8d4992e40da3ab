import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { withClient } from '../src';
import { note, openSample, type Sample } from './support/sample';

describe('row-level security', () => {
  const [mine, theirs] = [randomUUID(), randomUUID()];
  let sample: Sample;

  beforeAll(async () => {
    sample = await openSample({ pool: 2 });
    for (const organization of [mine, theirs]) {
      await sample.database.tenant(organization, (tx) => tx.note.create({ data: note(organization) }));
    }
  });
  afterAll(() => sample.close());

  it('shows an organization its own rows and no others', async () => {
    const rows = await sample.database.tenant(mine, (tx) => tx.note.findMany());
    expect(rows.map((it) => it.organizationId)).toEqual([mine]);
  });

  it('shows nothing without an organization', async () => {
    expect(await sample.database.global((tx) => tx.note.findMany())).toEqual([]);
    expect(await sample.database.app.note.findMany()).toEqual([]);
  });

  it('denies the empty setting that a transaction leaves behind', async () => {
    expect(await sample.database.tenant('', (tx) => tx.note.findMany())).toEqual([]);
    await expect(sample.database.tenant('', (tx) => tx.note.create({ data: note(mine) }))).rejects.toThrow();
  });

  it('refuses to write into another organization', async () => {
    const foreign = (tx: Parameters<Parameters<typeof sample.database.tenant>[1]>[0]) =>
      tx.note.create({ data: note(theirs) });
    await expect(sample.database.tenant(mine, foreign)).rejects.toThrow();
    const move = sample.database.tenant(mine, (tx) =>
      tx.note.updateMany({ data: { organizationId: theirs } }),
    );
    await expect(move).rejects.toThrow();
  });

  it('never lets a pooled connection keep an organization, also after aborts', async () => {
    const abort = (organization: string) =>
      sample.database.tenant(organization, async (tx) => {
        await tx.note.findMany();
        throw new Error('abort');
      });
    for (let round = 0; round < 30; round++) {
      await Promise.allSettled([abort(mine), abort(theirs)]);
      expect(await sample.database.app.note.count()).toBe(0);
      const rows = await sample.database.tenant(theirs, (tx) => tx.note.findMany());
      expect(rows.every((it) => it.organizationId === theirs)).toBe(true);
    }
  });

  it('lets the worker role see all organizations where the table says so', async () => {
    const rows = await sample.database.worker((tx) => tx.note.findMany());
    expect(new Set(rows.map((it) => it.organizationId))).toEqual(new Set([mine, theirs]));
  });

  it('lets everybody read a table of the allow-list', async () => {
    await sample.database.global((tx) => tx.setting.create({ data: { name: 'a', value: 'b' } }));
    expect(await sample.database.tenant(mine, (tx) => tx.setting.count())).toBe(1);
  });

  it('lets the audit role read everything and change nothing', async () => {
    await withClient(sample.copy.auditUrl, async (client) => {
      expect((await client.query('SELECT * FROM note')).rowCount).toBe(2);
      await client.query('SELECT * FROM platform.outbox');
      await expect(client.query('DELETE FROM note')).rejects.toThrow('permission denied');
    });
  });

  it('gives the application no way around its policies', async () => {
    await withClient(sample.copy.url, async (client) => {
      await expect(client.query('ALTER TABLE note DISABLE ROW LEVEL SECURITY')).rejects.toThrow(
        'must be owner',
      );
      await expect(client.query('DELETE FROM platform.outbox')).rejects.toThrow('permission denied');
      await expect(client.query('SELECT * FROM platform.lease')).rejects.toThrow('permission denied');
      await expect(client.query('SELECT * FROM _prisma_migrations')).rejects.toThrow('permission denied');
    });
  });
});
