import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { organizationErased } from '@orion/contracts';
import { type TestDatabase, withClient } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { ErasureConsumer } from '../src';
import { envelopeOf } from './support/probe';
import { addressOf, eventually, freshCopy, freshNamespace, start, type Started } from './support/service';

const FILL = `
  INSERT INTO effect (id, organization_id, consumer, event_id, subject, sequence, text)
  SELECT gen_random_uuid(), $1::uuid, 'a', gen_random_uuid(), 'b', n, 'c' FROM generate_series(1, $2::int) n`;

describe('the rows of an erased organization', () => {
  const [theirs, ours] = [randomUUID(), randomUUID()];
  let copy: TestDatabase;
  let service: Started;

  beforeEach(async () => {
    copy = await freshCopy();
    service = await start({ copy, namespace: freshNamespace(), consumers: [ErasureConsumer] });
    for (const [organizationId, rows] of [
      [theirs, 12_000],
      [ours, 10],
    ] as const)
      await fill(organizationId, rows);
  });
  afterEach(async () => {
    await service.app.close();
    await copy.drop();
  });

  const fill = (organizationId: string, rows: number) =>
    service.database.tenant(organizationId, (tx) => tx.$executeRawUnsafe(FILL, organizationId, rows));
  const count = async (organizationId: string) =>
    service.database.tenant(organizationId, (tx) => tx.effect.count());
  const erase = () =>
    service.database.tenant(theirs, (tx) => {
      const erased = { type: organizationErased.type, data: { organizationId: theirs } };
      return service.app.get(ErasureConsumer).handle(tx, envelopeOf(theirs)('', erased));
    });
  const asked = async () =>
    (await service.database.pools.worker.query('SELECT organization_id FROM platform.erasure')).rowCount;

  it('are removed, batch after batch, and nobody else’s', async () => {
    await erase();
    await erase();
    await eventually(async () => expect(await count(theirs)).toBe(0));
    expect(await count(ours)).toBe(10);
    expect(await asked()).toBe(1);
  });

  it('are looked for until none can come any more, then the organization is forgotten', async () => {
    await erase();
    await eventually(async () => expect(await count(theirs)).toBe(0));
    await fill(theirs, 3);
    const url = new URL(addressOf('ORION_POSTGRES_URL'));
    url.pathname = copy.database;
    await withClient(url.href, (client) =>
      client.query("UPDATE platform.erasure SET asked_at = asked_at - interval '61 minutes'"),
    );
    await erase();
    await eventually(async () => expect([await count(theirs), await asked()]).toEqual([0, 0]));
  });
});
