import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEnvelope } from '@orion/contracts';
import type { TestDatabase } from '@orion/database';
import { runInContext } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import { names, Outbox } from '../src';
import { happened, Recorder } from './support/probe';
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

describe('outbox and relay', () => {
  const namespace = freshNamespace();
  const organizationId = randomUUID();
  let copy: TestDatabase;
  let service: Started;
  let outbox: Outbox;

  beforeAll(async () => {
    copy = await freshCopy();
    service = await start({ copy, namespace, consumers: [Recorder] });
    outbox = service.app.get(Outbox);
    await ready(service);
  });
  afterAll(async () => {
    await service.app.close();
    await dropNamespace(namespace, ['scheduling.recorder']);
    await copy.drop();
  });

  const publish = (subject: string, text: string) =>
    service.database.tenant(organizationId, (tx) =>
      outbox.publish(tx, happened, { organizationId, subject, data: { text } }),
    );
  const publishNumbered = (subject: string, text: string) =>
    service.database.tenant(organizationId, (tx) =>
      outbox.publishNumbered(tx, happened, { organizationId, subject, data: { text } }),
    );
  const effects = (subject: string) =>
    service.database.worker((tx) => tx.effect.findMany({ where: { subject }, orderBy: { id: 'asc' } }));

  it('deliver an event once its transaction has committed, with where it came from', async () => {
    const subject = randomUUID();
    const queue = `${namespace}.heard`;
    await atBroker(async (channel) => {
      await channel.assertQueue(queue, { exclusive: true });
      await channel.bindQueue(queue, names(namespace).events, 'scheduling.#');
      const context = {
        correlationId: 'correlated-1',
        causationId: randomUUID(),
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      };
      const { id, sequence } = await runInContext(context, () => publishNumbered(subject, 'héard "\u0000"'));
      const message = await eventually(async () => {
        const got = await channel.get(queue, { noAck: true });
        if (!got) throw new Error('nothing yet');
        return got;
      });
      const envelope = EventEnvelope.parse(JSON.parse(message.content.toString()));
      expect(envelope).toMatchObject({
        id,
        sequence,
        subject,
        type: happened.type,
        source: '/orion/scheduling',
        organizationid: organizationId,
        correlationid: context.correlationId,
        causationid: context.causationId,
        traceparent: context.traceparent,
        data: { text: 'héard "\u0000"' },
      });
      expect(message.fields.routingKey).toBe('scheduling.probe.happened.v1');
      expect(message.properties).toMatchObject({ messageId: id, deliveryMode: 2 });
    });
  });

  it('deliver nothing of a transaction that is rolled back, and leave no gap', async () => {
    const subject = randomUUID();
    const aborted = service.database.tenant(organizationId, async (tx) => {
      await outbox.publishNumbered(tx, happened, { organizationId, subject, data: { text: 'never' } });
      await outbox.publish(tx, happened, { organizationId, subject, data: { text: 'never' } });
      throw new Error('abort');
    });
    await expect(aborted).rejects.toThrow('abort');
    expect(await publishNumbered(subject, 'first')).toMatchObject({ sequence: 1 });
    await eventually(async () => expect((await effects(subject)).map((it) => it.text)).toEqual(['first']));
  });

  it('keep the order of an aggregate that 16 writers change, without gaps', async () => {
    const subject = randomUUID();
    const writer = async () => {
      for (let n = 0; n < 10; n++) await publish(subject, 'written');
    };
    await Promise.all(Array.from({ length: 16 }, writer));
    const sequences = await eventually(async () => {
      const all = await effects(subject);
      expect(all).toHaveLength(160);
      return all.map((it) => it.sequence);
    });
    expect(sequences).toEqual(Array.from({ length: 160 }, (_, n) => n + 1));
  });

  it('do not skip a lower position that commits later', async () => {
    const [late, early] = [randomUUID(), randomUUID()];
    const gate = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const slow = service.database.tenant(organizationId, async (tx) => {
      await outbox.publishNumbered(tx, happened, { organizationId, subject: late, data: { text: 'late' } });
      written.resolve();
      await gate.promise;
    });
    await written.promise;
    await publish(early, 'early');
    await eventually(async () => expect(await effects(early)).toHaveLength(1));
    expect(await effects(late)).toHaveLength(0);
    gate.resolve();
    await slow;
    await eventually(async () => expect(await effects(late)).toHaveLength(1));
  });

  it('carry several events of one transaction in the order they were published', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const publishAll = (subjects: string[]) =>
      service.database.tenant(organizationId, async (tx) => {
        for (const [at, subject] of subjects.entries())
          await outbox.publish(tx, happened, { organizationId, subject, data: { text: String(at) } });
      });
    await publishAll([one, two, one]);
    await eventually(async () => {
      expect((await effects(one)).map(({ text, sequence }) => [text, sequence])).toEqual([
        ['0', 1],
        ['2', 2],
      ]);
      expect((await effects(two)).map(({ text, sequence }) => [text, sequence])).toEqual([['1', 1]]);
    });
  });

  it('never wait for each other, whatever the order in which transactions publish', async () => {
    const subjects = Array.from({ length: 6 }, () => randomUUID());
    const publishAll = (turn: number) =>
      service.database.tenant(organizationId, async (tx) => {
        for (const subject of turn % 2 ? subjects : subjects.toReversed())
          await outbox.publish(tx, happened, { organizationId, subject, data: { text: 'together' } });
      });
    await Promise.all(Array.from({ length: 24 }, (_, turn) => publishAll(turn)));
    const [deadlocks] = await service.database.worker(
      (tx) =>
        tx.$queryRaw<
          { count: number }[]
        >`SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()`,
    );
    expect(deadlocks?.count).toBe(0);
    await eventually(async () => expect(await effects(subjects[0] ?? '')).toHaveLength(24));
  });

  it('let the worker role publish for any organization', async () => {
    const subject = randomUUID();
    await service.database.worker((tx) =>
      outbox.publish(tx, happened, { organizationId, subject, data: { text: 'job' } }),
    );
    await eventually(async () => expect(await effects(subject)).toHaveLength(1));
  });

  it('refuse data that break the contract and events of other services', async () => {
    const fact = { organizationId, subject: randomUUID() };
    const wrong = service.database.tenant(organizationId, (tx) =>
      outbox.publish(tx, happened, { ...fact, data: { text: 1 as unknown as string } }),
    );
    await expect(wrong).rejects.toThrow('expected string');
    const foreign = { ...happened, type: 'orion.user.probe.happened.v1' };
    const theirs = service.database.tenant(organizationId, (tx) =>
      outbox.publish(tx, foreign, { ...fact, data: { text: '' } }),
    );
    await expect(theirs).rejects.toThrow('is published by user');
  });
});
