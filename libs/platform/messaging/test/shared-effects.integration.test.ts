import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database, type StatementTx } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { DeadLetters, type GroupConsumer } from '../src';
import { envelopeOf, happened } from './support/probe';
import { type GatedService, startGated } from './support/gated';
import { eventually, type Started } from './support/service';

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
  let gated: GatedService<Gatherer>;
  let service: Started;
  let consumer: Gatherer;

  beforeEach(async () => {
    gated = await startGated(Gatherer);
    ({ service, consumer } = gated);
  });
  afterEach(() => gated.close());

  const effects = () => service.database.worker((tx) => tx.effect.findMany({ orderBy: { sequence: 'asc' } }));
  const arrived = (events: EventEnvelope[]) =>
    eventually(async () => {
      const ids = (await effects()).map((it) => it.eventId);
      expect(ids.sort()).toEqual(events.map((it) => it.id).sort());
    }, 25_000);

  it('is handed one at once, and what waited meanwhile by organization, each event once', async () => {
    const events = Array.from({ length: 60 }, (_, n) => envelopeOf(n % 2 ? ours : theirs)(String(n)));
    await gated.send(events.slice(0, 1));
    await eventually(() => expect(consumer.groups).toHaveLength(1));
    await gated.send([...events.slice(1), ...events.slice(1, 11)]);
    gated.open();
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
    await gated.send(events);
    gated.open();
    await arrived(events);
    expect(consumer.groups.map((it) => it.texts)).toEqual(events.map((it) => [textOf(it)]));
  });

  it('loses none where one of them cannot take effect', async () => {
    const neighbours = Array.from({ length: 30 }, (_, n) => envelopeOf(ours)(String(n)));
    const poison = envelopeOf(ours)('poison');
    await gated.send([...neighbours.slice(0, 15), poison, ...neighbours.slice(15)]);
    gated.open();
    await arrived(neighbours);
    await eventually(async () => {
      const letters = await service.app.get(DeadLetters).list(10);
      expect(letters.map((it) => [it.eventId, it.reason])).toEqual([[poison.id, 'failed']]);
    }, 25_000);
    await arrived(neighbours);
  }, 60_000);
});
