import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { replayEvents } from '@orion/contracts';
import type { TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { register } from 'prom-client';
import { names, Outbox, Questions, type Refill, RefillRepository } from '../src';
import { MessagingWatch } from '../src/messaging.watch';
import { Recorder, happened } from './support/probe';
import {
  atBroker,
  dropNamespace,
  eventually,
  freshCopy,
  freshNamespace,
  ready,
  start,
  type Started,
} from './support/service';

class Hearer extends Recorder {
  override readonly name = 'user.hearer';
}

type Row = Refill & { done: boolean };

const ROWS = `SELECT consumer, producer, event_types AS types, since, until, after, round, sent::float8, failures,
  done_at IS NOT NULL AS done FROM platform.refill ORDER BY consumer`;

describe('a queue that is lost', () => {
  const namespace = freshNamespace();
  const organizationId = randomUUID();
  const queue = names(namespace).consumerQueue('user.hearer');
  let copies: TestDatabase[];
  let producer: Started;
  let hearer: Started;
  const startHearer = () =>
    start({ copy: copies[1] as TestDatabase, namespace, consumers: [Hearer], service: 'user' });
  const startProducer = () => start({ copy: copies[0] as TestDatabase, namespace });

  beforeAll(async () => {
    copies = [await freshCopy(), await freshCopy()];
    producer = await startProducer();
    hearer = await startHearer();
    await ready(hearer);
  });
  afterAll(async () => {
    await hearer.app.close();
    await producer.app.close();
    await dropNamespace(namespace, ['user.hearer']);
    await atBroker((channel) => channel.deleteQueue(names(namespace).deadLetterQueue('user')));
    for (const copy of copies) await copy.drop();
  });

  const publish = (text: string) =>
    producer.database.tenant(organizationId, (tx) =>
      producer.app
        .get(Outbox)
        .publish(tx, happened, { organizationId, subject: randomUUID(), data: { text } }),
    );
  const published = () =>
    eventually(async () => {
      const { rows } = await producer.database.pools.worker.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM platform.outbox WHERE published_at IS NULL',
      );
      expect(rows[0]?.n).toBe(0);
    });
  const texts = async () => {
    const all = await hearer.database.worker((tx) => tx.effect.findMany({ orderBy: { text: 'asc' } }));
    return all.map((it) => it.text);
  };
  const refills = async () => (await hearer.database.pools.worker.query<Row>(ROWS)).rows;
  const lose = () => atBroker((channel) => channel.deleteQueue(queue));
  const done = () =>
    eventually(async () => {
      const rows = await refills();
      expect(rows.map((it) => it.done)).toEqual(rows.map(() => true));
      return rows;
    }, 30_000);

  it('is not one that never was there', async () => {
    expect(await refills()).toEqual([]);
    await publish('00');
    await eventually(async () => expect(await texts()).toEqual(['00']));
  });

  it('is filled again with what was in it and what was sent while it was gone', async () => {
    await hearer.app.close();
    await publish('01');
    await published();
    await lose();
    await publish('02');
    await published();
    hearer = await startHearer();
    await eventually(async () => expect(await texts()).toEqual(['00', '01', '02']));
    expect(await done()).toMatchObject([
      { consumer: 'user.hearer', producer: 'scheduling', round: 1, sent: 3, types: [happened.type] },
    ]);
  });

  it('is noticed and filled again while its consumer runs', async () => {
    await lose();
    await publish('03');
    await published();
    await eventually(async () => expect(await texts()).toEqual(['00', '01', '02', '03']));
    await publish('04');
    await eventually(async () => expect(await texts()).toContain('04'));
    const [refill] = await done();
    expect(refill?.round).toBeGreaterThan(1);
  });

  it('is filled by a producer that was away', async () => {
    await publish('05');
    await published();
    await eventually(async () => expect(await texts()).toContain('05'));
    await producer.app.close();
    await hearer.database.worker((tx) => tx.$executeRaw`DELETE FROM platform.inbox`);
    await lose();
    await eventually(async () => expect((await refills())[0]?.done).toBe(false));
    await hearer.app.get(MessagingWatch).run();
    expect(await register.metrics()).toContain('orion_queue_refills{service="user"} 1');
    producer = await startProducer();
    await done();
    await eventually(async () => expect(await texts()).toHaveLength(12));
  });

  it('is filled on from where the page before ended, as after a crash', async () => {
    const all = await producer.database.pools.worker.query<{ id: string }>(
      'SELECT id FROM platform.outbox ORDER BY id',
    );
    const { rowCount } = await hearer.database.pools.worker.query(
      'UPDATE platform.refill SET done_at = NULL, sent = 4, after = $1',
      [all.rows.at(3)?.id],
    );
    expect([rowCount, all.rows.length]).toEqual([1, 6]);
    expect(await done()).toMatchObject([{ sent: 6 }]);
  });

  it('is put off where a producer refuses, and nothing else waits for that', async () => {
    const { worker } = hearer.database.pools;
    await worker.query(`INSERT INTO platform.consumer VALUES ('user.nobody', '{}')`);
    await worker.query(`
      INSERT INTO platform.refill (consumer, producer, event_types, since, until, due_at)
      VALUES ('user.nobody', 'scheduling', '{orion.scheduling.probe.happened.v1}', now(), now(), '-infinity')`);
    await worker.query(`UPDATE platform.refill SET done_at = NULL WHERE consumer = 'user.hearer'`);
    const [heard, nobody] = await eventually(async () => {
      const rows = await refills();
      expect(rows.map((it) => [it.done, it.failures > 0])).toEqual([
        [true, false],
        [false, true],
      ]);
      return rows;
    }, 20_000);
    expect([heard?.consumer, nobody?.consumer]).toEqual(['user.hearer', 'user.nobody']);
    await worker.query(`DELETE FROM platform.consumer WHERE name = 'user.nobody'`);
    expect(await refills()).toHaveLength(1);
  });

  it('counts no page of a round that was begun anew', async () => {
    const [refill] = await done();
    if (!refill) throw new Error('no refill');
    const repository = hearer.app.get(RefillRepository);
    await repository.advance({ ...refill, round: refill.round - 1 }, { sent: 7, last: null, more: true });
    await repository.putOff({ ...refill, round: refill.round - 1 });
    expect(await refills()).toEqual([refill]);
  });

  it('refuses to be filled under a name that is none', async () => {
    const ask = {
      types: ['t'],
      since: new Date().toISOString(),
      until: new Date().toISOString(),
      after: null,
    };
    const asked = hearer.app.get(Questions).ask(replayEvents('scheduling'), { ...ask, consumer: '../x' });
    await expect(asked).rejects.toThrow('Invalid string');
  });
});
