import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database, type StatementTx, type TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { DeadLetters, type GroupConsumer, names } from '../src';
import { envelopeOf, happened } from './support/probe';
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

const WRITE = {
  name: 'effect_write',
  text: `INSERT INTO effect (id, organization_id, consumer, event_id, subject, sequence, text)
         SELECT gen_random_uuid(), $1, 'scheduling.gatherer', event_id, subject, sequence, text
           FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[]) AS fact (event_id, subject, sequence, text)`,
};

const textOf = ({ data }: EventEnvelope): string => (data as { text: string }).text;

/** Remembers which events it was handed together. */
@Injectable()
class Gatherer implements GroupConsumer {
  readonly name = 'scheduling.gatherer';
  readonly events = [happened];
  readonly groups: { organizationId: string; texts: string[] }[] = [];
  gate: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  async handleTogether(
    tx: StatementTx,
    organizationId: string,
    events: readonly EventEnvelope[],
  ): Promise<void> {
    const texts = events.map(textOf);
    this.groups.push({ organizationId, texts });
    await this.gate;
    await this.database.statement(tx, WRITE, [
      organizationId,
      events.map((it) => it.id),
      events.map((it) => it.subject),
      events.map((it) => it.sequence),
      texts,
    ]);
    if (texts.includes('poison')) throw new Error('the handler throws');
  }
}

describe('a consumer of events together', () => {
  const [ours, theirs] = [randomUUID(), randomUUID()];
  let namespace: string;
  let copy: TestDatabase;
  let service: Started;
  let consumer: Gatherer;
  let open: () => void;

  beforeEach(async () => {
    namespace = freshNamespace();
    copy = await freshCopy();
    service = await start({ copy, namespace, consumers: [Gatherer] });
    consumer = service.app.get(Gatherer);
    const gate = Promise.withResolvers<void>();
    consumer.gate = gate.promise;
    open = gate.resolve;
    await ready(service);
  });
  afterEach(async () => {
    await service.app.close();
    await dropNamespace(namespace, [consumer.name]);
    await copy.drop();
  });

  const send = (events: EventEnvelope[]) =>
    atBroker(async (channel) => {
      for (const it of events)
        channel.publish(
          names(namespace).events,
          'scheduling.probe.happened.v1',
          Buffer.from(JSON.stringify(it)),
          {
            messageId: it.id,
          },
        );
      await channel.waitForConfirms();
    });
  const effects = () => service.database.worker((tx) => tx.effect.findMany({ orderBy: { sequence: 'asc' } }));
  const arrived = (events: EventEnvelope[]) =>
    eventually(async () => {
      const ids = (await effects()).map((it) => it.eventId);
      expect(ids.sort()).toEqual(events.map((it) => it.id).sort());
    }, 25_000);

  it('is handed one at once, and what waited meanwhile by organization, each event once', async () => {
    const events = Array.from({ length: 60 }, (_, n) => envelopeOf(n % 2 ? ours : theirs)(String(n)));
    await send(events.slice(0, 1));
    await eventually(() => expect(consumer.groups).toHaveLength(1));
    await send([...events.slice(1), ...events.slice(1, 11)]);
    open();
    await arrived(events);
    const [alone, ...shared] = consumer.groups;
    expect(alone).toEqual({ organizationId: theirs, texts: ['0'] });
    expect(shared.length).toBeLessThan(30);
    for (const { organizationId, texts } of shared) {
      const own = organizationId === ours ? 1 : 0;
      expect(texts.map((it) => Number(it) % 2)).toEqual(texts.map(() => own));
    }
    expect(consumer.groups.flatMap((it) => it.texts).length).toBe(60);
  });

  it('has events of one aggregate in their order, never two of them together', async () => {
    const subject = randomUUID();
    const events = Array.from({ length: 12 }, (_, n) =>
      envelopeOf(ours)(String(n + 1), { subject, sequence: n + 1 }),
    );
    await send(events);
    open();
    await arrived(events);
    expect(consumer.groups.map((it) => it.texts)).toEqual(events.map((it) => [textOf(it)]));
  });

  it('loses none where one of them cannot take effect', async () => {
    const neighbours = Array.from({ length: 30 }, (_, n) => envelopeOf(ours)(String(n)));
    const poison = envelopeOf(ours)('poison');
    await send([...neighbours.slice(0, 15), poison, ...neighbours.slice(15)]);
    open();
    await arrived(neighbours);
    await eventually(async () => {
      const letters = await service.app.get(DeadLetters).list(10);
      expect(letters.map((it) => [it.eventId, it.reason])).toEqual([[poison.id, 'failed']]);
    }, 25_000);
    await arrived(neighbours);
  }, 60_000);
});
