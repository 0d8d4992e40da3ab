import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { randomUUID } from 'node:crypto';
import { note, openSample, type Sample } from './support/sample';

const organization = randomUUID();
let sample: Sample;

beforeAll(async () => {
  sample = await openSample({ pool: 1 });
});
afterAll(() => sample.close());

async function counted(name: string): Promise<number | undefined> {
  const metric = await register.getSingleMetric(name)?.get();
  return metric?.values[0]?.value;
}

/** Keeps a transaction open until its result is called. */
async function held(
  work: Parameters<typeof sample.database.tenant>[1],
  by = sample.database,
): Promise<() => Promise<void>> {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const whole = by.tenant(organization, async (tx) => {
    await work(tx);
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  return () => {
    end.resolve();
    return whole;
  };
}

it('counts who waited for a lock in vain', async () => {
  const two = await openSample({ pool: 2 });
  const row = note(organization);
  await two.database.tenant(organization, (tx) => tx.note.create({ data: row }));
  const update = (tx: Parameters<Parameters<typeof two.database.tenant>[1]>[0]) =>
    tx.note.update({ where: { id: row.id }, data: { text: 'held' } });
  expect(await counted('database_lock_timeouts_total')).toBe(0);
  const release = await held(update, two.database);
  await two.database.tenant(organization, update, { lockTimeoutMs: 100 }).catch(() => undefined);
  await release();
  expect(await counted('database_lock_timeouts_total')).toBe(1);
  await two.close();
});

it('counts who waited for a connection in vain', async () => {
  expect(await counted('database_pool_timeouts_total')).toBe(0);
  const release = await held(() => Promise.resolve());
  const error: unknown = await sample.database
    .tenant(organization, (tx) => tx.note.count())
    .catch((it: unknown) => it);
  await release();
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(await counted('database_pool_timeouts_total')).toBe(1);
});
