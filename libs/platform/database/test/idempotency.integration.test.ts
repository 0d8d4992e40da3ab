import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BusinessRuleException } from '@orion/problem';
import { randomUUID } from 'node:crypto';
import type { IdempotentCall } from '../src';
import { connect, note, openSample, type Sample } from './support/sample';

const principal = { userId: randomUUID(), organizationId: randomUUID() };

const callOf = (body: unknown, more: Partial<IdempotentCall> = {}): IdempotentCall => ({
  contract: { id: 'notes.create' },
  params: undefined,
  query: undefined,
  body,
  principal,
  ...more,
});

const codeOf = (error: unknown): string =>
  error instanceof BusinessRuleException ? error.code : String(error);

describe('a call with an idempotency key', () => {
  let sample: Sample;

  beforeAll(async () => {
    sample = await openSample();
  });
  afterAll(() => sample.close());

  const create = (call: IdempotentCall, reply: object = {}) =>
    sample.database.execute(call, async (tx) => {
      const row = await tx.note.create({ data: note(principal.organizationId, 'once') });
      return { z: 1, a: row.id, at: new Date(0), ...reply };
    });
  const count = () =>
    sample.database.tenant(principal.organizationId, (tx) => tx.note.count({ where: { text: 'once' } }));

  it('has one effect, and the same reply to the byte each time', async () => {
    const before = await count();
    const call = callOf({ text: 'a' }, { idempotencyKey: randomUUID() });
    const replies = [await create(call), await create(call), await create(call)].map((it) =>
      JSON.stringify(it),
    );
    expect(new Set(replies).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('has an effect each time without a key', async () => {
    const before = await count();
    await create(callOf({}));
    await create(callOf({}));
    expect(await count()).toBe(before + 2);
  });

  it('remembers that there was nothing to answer', async () => {
    const call = callOf({}, { idempotencyKey: randomUUID() });
    let runs = 0;
    const run = () => sample.database.execute(call, () => Promise.resolve(void runs++));
    expect([await run(), await run(), runs]).toEqual([undefined, undefined, 1]);
  });

  it('refuses the key for another body, endpoint or path', async () => {
    const key = { idempotencyKey: randomUUID() };
    await create(callOf({ text: 'a' }, key));
    const others = [
      callOf({ text: 'b' }, key),
      callOf({ text: 'a' }, { ...key, contract: { id: 'notes.delete' } }),
      callOf({ text: 'a' }, { ...key, params: { id: '1' } }),
    ];
    for (const other of others)
      expect(codeOf(await create(other).catch((it: unknown) => it))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('belongs to one user of one organization', async () => {
    const key = { idempotencyKey: randomUUID() };
    const before = await count();
    await create(callOf({}, key));
    await create(callOf({}, { ...key, principal: { ...principal, userId: randomUUID() } }));
    expect(await count()).toBe(before + 2);
  });

  it('lets one of many at once through; the others hear that it is running', async () => {
    const before = await count();
    const call = callOf({}, { idempotencyKey: randomUUID() });
    const gate = Promise.withResolvers<void>();
    const slow = sample.database.execute(call, async (tx) => {
      await tx.note.create({ data: note(principal.organizationId, 'once') });
      await gate.promise;
      return { done: true };
    });
    await new Promise((later) => setTimeout(later, 50));
    const others = await Promise.all([1, 2, 3].map(() => create(call).catch((it: unknown) => codeOf(it))));
    expect(others).toEqual(['REQUEST_IN_PROGRESS', 'REQUEST_IN_PROGRESS', 'REQUEST_IN_PROGRESS']);
    gate.resolve();
    await slow;
    expect(await create(call)).toEqual({ done: true });
    expect(await count()).toBe(before + 1);
  });

  it('leaves nothing behind when the process dies before the commit', async () => {
    const before = await count();
    const call = callOf({}, { idempotencyKey: randomUUID() });
    const doomed = connect(sample.copy);
    const died = doomed.execute(call, async (tx) => {
      await tx.note.create({ data: note(principal.organizationId, 'once') });
      await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
      return {};
    });
    await expect(died).rejects.toThrow();
    await doomed.onApplicationShutdown();
    expect(await count()).toBe(before);
    await create(call);
    expect(await count()).toBe(before + 1);
  });

  it('gives one result when the answer to the commit was lost', async () => {
    const before = await count();
    const call = callOf({}, { idempotencyKey: randomUUID() });
    const first = await create(call);
    const elsewhere = connect(sample.copy);
    const again = await elsewhere.execute(call, () => Promise.reject(new Error('a second effect')));
    await elsewhere.onApplicationShutdown();
    expect(again).toEqual(first);
    expect(await count()).toBe(before + 1);
  });

  it('needs somebody who calls', () => {
    expect(() => sample.database.execute(callOf({}, { principal: null }), () => Promise.resolve())).toThrow(
      'principal',
    );
  });
});
