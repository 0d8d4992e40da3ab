import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sqlStateOf } from '@orion/problem';
import { randomUUID } from 'node:crypto';
import { withClient } from '../src';
import { adminUrl, connect, note, openSample, type Sample } from './support/sample';
import { openWire, type Wire } from './support/wire';

const WRITE = {
  name: 'note_write',
  text: 'INSERT INTO note (id, organization_id, text) VALUES ($1, $2, $3)',
};
const READ = { name: 'note_read', text: 'SELECT text FROM note WHERE id = $1' };

describe('a session', () => {
  const organization = randomUUID();
  let sample: Sample;
  let wire: Wire;
  let database: Sample['database'];

  beforeAll(async () => {
    sample = await openSample();
    wire = await openWire(adminUrl());
    const { url, workerUrl } = sample.copy;
    database = connect({ ...sample.copy, url: wire.through(url), workerUrl }, { pool: 1 });
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await sample.close();
    await wire.close();
  });

  const texts = () =>
    sample.database.tenant(
      organization,
      (tx) => tx.$queryRaw<{ text: string }[]>`SELECT text FROM note ORDER BY ctid`,
    );
  const valuesOf = (row: ReturnType<typeof note>): string[] => [row.id, row.organizationId, row.text];
  /** A state and something behind it, as a use case with an event writes them. */
  const write = (text: string) =>
    database.tenant(organization, async (tx) => {
      await tx.note.create({ data: note(organization, text) });
      database.atCommit(tx, WRITE, valuesOf(note(organization, `${text}, at commit`)), '');
    });

  it('waits for the server twice: for its first statement, and for its commit', async () => {
    await write('warm');
    const turns = wire.count();
    await write('counted');
    expect(turns()).toBe(2);
    expect(await texts()).toEqual(
      expect.arrayContaining([{ text: 'counted' }, { text: 'counted, at commit' }]),
    );
  });

  it('waits once for what it only does at its commit, and never where it does nothing', async () => {
    const turns = wire.count();
    expect(await database.tenant(organization, () => Promise.resolve('nothing'))).toBe('nothing');
    const failing = database.tenant(organization, () => Promise.reject(new Error('at once')));
    await expect(failing).rejects.toThrow('at once');
    expect(turns()).toBe(0);
    await database.tenant(organization, (tx) => {
      database.atCommit(tx, WRITE, valuesOf(note(organization, 'alone')), '');
      return Promise.resolve();
    });
    expect(turns()).toBe(1);
    expect(await texts()).toContainEqual({ text: 'alone' });
  });

  it('begins anew on a connection whose last transaction asked nothing', async () => {
    const other = randomUUID();
    await database.tenant(other, () => Promise.resolve());
    const [row] = await database.tenant(
      organization,
      (tx) => tx.$queryRaw<{ id: string }[]>`SELECT current_setting('orion.organization_id') AS id`,
    );
    expect(row?.id).toBe(organization);
  });

  it('fails with what fails at its commit, and keeps nothing', async () => {
    const twice = note(organization, 'twice');
    const failing = database.tenant(organization, async (tx) => {
      await tx.note.create({ data: note(organization, 'never kept') });
      database.atCommit(tx, WRITE, valuesOf(twice), 'a');
      database.atCommit(tx, WRITE, valuesOf(twice), 'b');
      database.atCommit(tx, WRITE, valuesOf(note(organization, 'never kept')), 'c');
    });
    expect(sqlStateOf(await failing.catch((error: unknown) => error))).toBe('23505');
    expect((await texts()).map((it) => it.text)).toEqual(expect.not.arrayContaining(['twice', 'never kept']));
    await write('after a failure');
  });

  it('is repeated when it loses a deadlock at its commit', async () => {
    const [one, two] = [note(organization, 'one'), note(organization, 'two')];
    const keep = { name: 'note_keep', text: `${WRITE.text} ON CONFLICT DO NOTHING` };
    const both = Promise.withResolvers<void>();
    let tries = 0;
    const writeBoth = (first: typeof one, second: typeof one) =>
      sample.database.tenant(organization, async (tx) => {
        await sample.database.statement(tx, keep, valuesOf(first));
        if (++tries === 2) both.resolve();
        await both.promise;
        sample.database.atCommit(tx, keep, valuesOf(second), '');
      });
    await Promise.all([writeBoth(one, two), writeBoth(two, one)]);
    expect(tries).toBe(3);
    expect(await texts()).toEqual(expect.arrayContaining([{ text: 'one' }, { text: 'two' }]));
  });

  it('sends what it does at its commit by its order', async () => {
    const rows = ['c', 'a', 'b', 'a'].map((order, at) => ({
      order,
      row: note(organization, `${order}${at}`),
    }));
    await database.tenant(organization, (tx) => {
      for (const { order, row } of rows) database.atCommit(tx, WRITE, valuesOf(row), order);
      return Promise.resolve();
    });
    const written = (await texts()).map((it) => it.text).filter((it) => /^[abc]\d$/.test(it));
    expect(written).toEqual(['a1', 'a3', 'b2', 'c0']);
  });

  it('tells a commit that the server made a rollback of', async () => {
    const swallowed = database.tenant(organization, async (tx) => {
      await tx.note.create({ data: note(organization, 'swallowed') });
      await tx.$queryRaw`SELECT 1 / 0`.catch(() => undefined);
    });
    expect(sqlStateOf(await swallowed.catch((error: unknown) => error))).toBe('25P02');
    expect(await texts()).not.toContainEqual({ text: 'swallowed' });
  });

  it('takes no statement once it has ended, nor without having begun', async () => {
    const late = await database.tenant(organization, async (tx) => {
      await database.statement(tx, READ, [randomUUID()]);
      return { tx };
    });
    await expect(database.statement(late.tx, READ, [randomUUID()])).rejects.toThrow('has ended');
    expect(() => database.atCommit(late.tx, WRITE, [], '')).toThrow('has ended');
    await expect(database.statement({}, READ, [])).rejects.toThrow('not in a transaction of this database');
  });

  it('keeps to its organization in statements of the platform, too', async () => {
    const row = note(organization, 'mine');
    await database.tenant(organization, (tx) => database.statement(tx, WRITE, valuesOf(row)));
    const read = (id: string) => database.tenant(id, (tx) => database.statement(tx, READ, [row.id]));
    expect((await read(organization)).rows).toEqual([{ text: 'mine' }]);
    expect((await read(randomUUID())).rows).toEqual([]);
    const foreign = database.tenant(randomUUID(), (tx) => {
      database.atCommit(tx, WRITE, valuesOf(note(organization)), '');
      return Promise.resolve();
    });
    expect(sqlStateOf(await foreign.catch((error: unknown) => error))).toBe('42501');
    await expect(read("'; DROP TABLE note; --\0")).rejects.toThrow('cannot contain NUL');
    await expect(read("' OR true")).rejects.toThrow('invalid input syntax for type uuid');
  });

  describe('in statements', () => {
    const texts = async (ids: string[]) => {
      const rows = await sample.database.tenant(organization, (tx) =>
        tx.note.findMany({ where: { id: { in: ids } }, orderBy: { text: 'asc' } }),
      );
      return rows.map((it) => it.text);
    };

    it('commits what it wrote, in two turns, and answers with its result', async () => {
      const [first, second] = [note(organization, 'first'), note(organization, 'second')];
      const turns = wire.count();
      const answer = await database.statements(organization, async (tx) => {
        const { rowCount } = await database.statement(tx, WRITE, valuesOf(first));
        database.atCommit(tx, WRITE, valuesOf(second), '');
        return rowCount;
      });
      expect([answer, turns()]).toEqual([1, 2]);
      expect(await texts([first.id, second.id])).toEqual(['first', 'second']);
    });

    it('keeps nothing of work that fails, and gives its connection back', async () => {
      const row = note(organization, 'never kept');
      for (let time = 0; time < 3; time++) {
        const failing = database.statements(organization, async (tx) => {
          await database.statement(tx, WRITE, valuesOf(row));
          throw new Error('after all');
        });
        await expect(failing).rejects.toThrow('after all');
      }
      const refused = database.statements(organization, async (tx) => {
        await database.statement(tx, WRITE, valuesOf(row));
        await database.statement(tx, WRITE, valuesOf(row));
      });
      expect(sqlStateOf(await refused.catch((error: unknown) => error))).toBe('23505');
      expect(await texts([row.id])).toEqual([]);
      expect(database.pools.app.idleCount).toBe(1);
    });

    it('sends one statement and its whole transaction in one turn', async () => {
      const PERSON = {
        name: 'person',
        text: `SELECT current_setting('orion.person', true) AS person, $1::int AS n`,
      };
      await database.only(PERSON, [0]);
      const turns = wire.count();
      const settings = { 'orion.person': "O'Hara" };
      expect(await database.only(PERSON, [7], { settings })).toEqual([{ person: "O'Hara", n: 7 }]);
      expect(turns()).toBe(1);
      expect(await database.only(PERSON, [8])).toEqual([{ person: '', n: 8 }]);
      expect(await database.only(READ, [randomUUID()])).toEqual([]);
      const refused = database.only({ name: 'broken', text: 'SELECT 1 / $1::int' }, [0]);
      expect(sqlStateOf(await refused.catch((error: unknown) => error))).toBe('22012');
      expect(database.pools.app.idleCount).toBe(1);
    });

    it('sees and writes rows of its organization only', async () => {
      const row = note(organization, 'ours');
      const stranger = randomUUID();
      await database.statements(organization, (tx) => database.statement(tx, WRITE, valuesOf(row)));
      const seen = await database.statements(stranger, (tx) => database.statement(tx, READ, [row.id]));
      expect(seen.rows).toEqual([]);
      const foreign = database.statements(stranger, (tx) =>
        database.statement(tx, WRITE, valuesOf(note(organization))),
      );
      expect(sqlStateOf(await foreign.catch((error: unknown) => error))).toBe('42501');
    });

    it('goes on with a new connection after one was lost', async () => {
      const lost = database.statements(organization, async (tx) => {
        const { rows } = await database.statement<{ pid: number }>(
          tx,
          { name: 'own_pid', text: 'SELECT pg_backend_pid() AS pid' },
          [],
        );
        await withClient(adminUrl(), (admin) =>
          admin.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]),
        );
        await database.statement(tx, READ, [randomUUID()]);
      });
      await expect(lost).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      const row = note(organization, 'afterwards');
      await database.statements(organization, (tx) => database.statement(tx, WRITE, valuesOf(row)));
      expect(await texts([row.id])).toEqual(['afterwards']);
    });
  });
});
