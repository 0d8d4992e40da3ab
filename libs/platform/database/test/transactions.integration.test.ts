import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPino, Log } from '@orion/logger';
import { sqlStateOf } from '@orion/problem';
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { connect, eventually, note, openSample, type Sample } from './support/sample';

const organization = randomUUID();

function capture(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { log: new Log(createPino('test', { level: 'debug', destination: stream })), lines };
}

describe('transactions', () => {
  const captured = capture();
  let sample: Sample;

  beforeAll(async () => {
    sample = await openSample({ log: captured.log });
  });
  afterAll(() => sample.close());

  it('wake listeners in other processes', async () => {
    const elsewhere = connect(sample.copy);
    let heard = 0;
    elsewhere.listen('across', () => heard++);
    await eventually(async () => {
      await sample.database.global((tx) => sample.database.notify(tx, 'across'));
      expect(heard).toBeGreaterThan(0);
    });
    await elsewhere.onApplicationShutdown();
  });

  it('repeat the loser of a deadlock', async () => {
    const [a, b] = [note(organization), note(organization)];
    await sample.database.tenant(organization, (tx) => tx.note.createMany({ data: [a, b] }));
    const both = Promise.withResolvers<void>();
    let first = 0;
    const change = (ids: string[], text: string) =>
      sample.database.tenant(organization, async (tx) => {
        for (const id of ids) {
          await tx.note.update({ where: { id }, data: { text } });
          if (++first === 2) both.resolve();
          await both.promise;
        }
      });
    await Promise.all([change([a.id, b.id], 'one'), change([b.id, a.id], 'two')]);
    expect(captured.lines.some((it) => it['event'] === 'database_transaction_retried')).toBe(true);
  });

  it('give up waiting for a lock after the time they were given', async () => {
    const row = note(organization);
    await sample.database.tenant(organization, (tx) => tx.note.create({ data: row }));
    const update = (tx: Parameters<Parameters<typeof sample.database.tenant>[1]>[0]) =>
      tx.note.update({ where: { id: row.id }, data: { text: 'held' } });
    await sample.database.tenant(organization, async (tx) => {
      await update(tx);
      const started = performance.now();
      const error: unknown = await sample.database
        .tenant(organization, update, { lockTimeoutMs: 100 })
        .catch((it: unknown) => it);
      expect(sqlStateOf(error)).toBe('55P03');
      expect(performance.now() - started).toBeLessThan(2_000);
    });
  });

  it('report slow statements and slow operations without their values', async () => {
    await sample.database.tenant(
      organization,
      (tx) => tx.$queryRaw`SELECT pg_sleep(0.55)::text, ${'secret'}`,
    );
    await eventually(() => {
      const events = captured.lines.map((it) => it['event']);
      expect(events).toEqual(expect.arrayContaining(['database_query_slow', 'database_operation_slow']));
    });
    expect(JSON.stringify(captured.lines)).not.toContain('secret');
  });

  it('survive the loss of every connection', async () => {
    await sample.database.worker((tx) => tx.$queryRaw`SELECT 1`);
    const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await sample.database.app.$queryRawUnsafe(terminate).catch(() => undefined);
    await eventually(() => sample.database.tenant(organization, (tx) => tx.note.count()));
  });

  it('wake listeners after the commit, not before, not after a rollback', async () => {
    let heard = 0;
    const deaf = sample.database.listen('woken', () => heard++);
    await eventually(async () => {
      await sample.database.global((tx) => sample.database.notify(tx, 'woken'));
      expect(heard).toBeGreaterThan(0);
    });
    await new Promise((later) => setTimeout(later, 150));
    heard = 0;
    await sample.database
      .global(async (tx) => {
        await sample.database.notify(tx, 'woken');
        expect(heard).toBe(0);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await new Promise((later) => setTimeout(later, 150));
    expect(heard).toBe(0);
    deaf();
    await sample.database.global((tx) => sample.database.notify(tx, 'woken'));
    expect(heard).toBe(0);
  });
});
