import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '@orion/contracts';
import { currentContext } from '@orion/logger';
import { randomUUID } from 'node:crypto';
import { DeadLetters } from '../src';
import type { PrismaClient } from './generated/prisma/client';
import { envelopeOf, Recorder } from './support/probe';
import { type GatedService, startGated } from './support/gated';
import { eventually, type Started } from './support/service';

/** Notes in whose name each event took effect; some handlers hide what failed in the database. */
class Careless extends Recorder {
  readonly contexts = new Map<string, ReturnType<typeof currentContext>>();

  override async handle(tx: PrismaClient, event: EventEnvelope): Promise<void> {
    await super.handle(tx, event);
    this.contexts.set(event.id, currentContext());
    if ((event.data as { text: string }).text === 'hidden')
      await tx.$queryRaw`SELECT 1 / 0`.catch(() => undefined);
  }
}

describe('events that wait', () => {
  const [ours, theirs] = [randomUUID(), randomUUID()];
  let gated: GatedService<Careless>;
  let service: Started;
  let consumer: Careless;

  beforeEach(async () => {
    gated = await startGated(Careless);
    ({ service, consumer } = gated);
  });
  afterEach(() => gated.close());

  /** Sends them; nothing takes effect before the gate opens. */
  const pileUp = async (events: EventEnvelope[]): Promise<void> => {
    await gated.send(events);
    await eventually(() => expect(consumer.tries).toBeGreaterThan(0));
  };
  const rows = () =>
    service.database.worker(
      (tx) =>
        tx.$queryRaw<
          { organization: string; event: string; transaction: string }[]
        >`SELECT organization_id::text AS organization, event_id::text AS event, xmin::text AS transaction FROM effect ORDER BY id`,
    );
  const arrived = (events: EventEnvelope[], withinMs?: number) =>
    eventually(async () => {
      const all = await rows();
      expect(all.map((it) => it.event).sort()).toEqual(events.map((it) => it.id).sort());
      return all;
    }, withinMs);

  it('share transactions, of one organization each, and keep the name each of them acts in', async () => {
    const events = Array.from({ length: 200 }, (_, n) => {
      const organization = n % 2 ? ours : theirs;
      return envelopeOf(organization)(String(n), { correlationid: `correlated-${n}` });
    });
    await pileUp(events);
    gated.open();
    const all = await arrived(events);
    const transactions = Map.groupBy(all, (it) => it.transaction);
    expect(transactions.size).toBeLessThan(100);
    for (const shared of transactions.values()) {
      expect(new Set(shared.map((it) => it.organization)).size).toBe(1);
      expect(shared.length).toBeLessThanOrEqual(16);
    }
    for (const { id, correlationid, organizationid } of events)
      expect(consumer.contexts.get(id)).toMatchObject({
        correlationId: correlationid,
        organizationId: organizationid,
        causationId: id,
      });
  });

  it('take effect in the order of their aggregate', async () => {
    const subjects = Array.from({ length: 20 }, () => randomUUID());
    const events = Array.from({ length: 200 }, (_, n) =>
      envelopeOf(ours)(String(n), { subject: subjects[n % 20], sequence: Math.floor(n / 20) + 1 }),
    );
    await pileUp(events);
    gated.open();
    await arrived(events);
    const effects = await service.database.worker((tx) => tx.effect.findMany({ orderBy: { id: 'asc' } }));
    for (const subject of subjects) {
      const sequences = effects.filter((it) => it.subject === subject).map((it) => it.sequence);
      expect(sequences).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  it('are not held up by one that cannot take effect, and each take one', async () => {
    const neighbours = Array.from({ length: 60 }, (_, n) => envelopeOf(ours)(String(n)));
    const poison = envelopeOf(ours)('poison');
    await pileUp([...neighbours.slice(0, 30), poison, ...neighbours.slice(30)]);
    gated.open();
    await arrived(neighbours, 5_000);
    await eventually(async () => {
      const letters = await service.app.get(DeadLetters).list(10);
      expect(letters.map((it) => [it.eventId, it.reason])).toEqual([[poison.id, 'failed']]);
    }, 25_000);
    await arrived(neighbours);
  }, 60_000);

  it('are not taken for done where a handler hid that a statement failed', async () => {
    const neighbours = Array.from({ length: 20 }, (_, n) => envelopeOf(ours)(String(n)));
    const hidden = envelopeOf(ours)('hidden');
    await pileUp([...neighbours.slice(0, 10), hidden, ...neighbours.slice(10)]);
    gated.open();
    await arrived(neighbours, 5_000);
    await eventually(async () => {
      const letters = await service.app.get(DeadLetters).list(10);
      expect(letters.map((it) => [it.eventId, it.reason])).toEqual([[hidden.id, 'failed']]);
    }, 25_000);
  }, 60_000);
});
