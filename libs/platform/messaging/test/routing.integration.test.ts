import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, type TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { register } from 'prom-client';
import { names, Outbox, OutboxRepository } from '../src';
import { MessagingWatch } from '../src/messaging.watch';
import { DeadLetters } from '../src';
import { happened, ignored, Recorder } from './support/probe';
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

describe('events nobody is bound for', () => {
  const namespace = freshNamespace();
  const organizationId = randomUUID();
  let copy: TestDatabase;
  let service: Started;

  beforeAll(async () => {
    copy = await freshCopy();
    service = await start({ copy, namespace, consumers: [Recorder] });
    await ready(service);
  });
  afterAll(async () => {
    await service.app.close();
    await dropNamespace(namespace, ['scheduling.recorder']);
    await copy.drop();
  });

  const publish = (contract: typeof happened, text: string) =>
    service.database.tenant(organizationId, (tx) =>
      service.app
        .get(Outbox)
        .publish(tx, contract, { organizationId, subject: randomUUID(), data: { text } }),
    );

  it('are caught in a queue and shown to the metrics', async () => {
    await publish(ignored, 'nobody');
    await eventually(() =>
      atBroker(async (channel) =>
        expect((await channel.checkQueue(names(namespace).unroutable)).messageCount).toBe(1),
      ),
    );
    const shown = await eventually(async () => {
      await service.app.get(MessagingWatch).run();
      const text = await register.metrics();
      expect(text).toContain('orion_outbox_backlog{service="scheduling"} 0');
      return text;
    });
    expect(shown).toContain('orion_unroutable_events{service="scheduling"} 1');
    expect(shown).toContain('orion_dead_letters{service="scheduling"} 0');
  });

  it('can be sent again to one consumer, which takes no effect twice', async () => {
    const from = new Date(Date.now() - 60_000);
    await publish(happened, 'again');
    const effects = () => service.database.worker((tx) => tx.effect.count());
    await eventually(async () => expect(await effects()).toBe(1));
    await service.database.worker((tx) => tx.$executeRaw`DELETE FROM platform.inbox`);
    const until = new Date(Date.now() + 60_000);
    const deadLetters = service.app.get(DeadLetters);
    expect(await deadLetters.replayPublished('scheduling.recorder', [happened.type], from, until)).toBe(1);
    await eventually(async () => expect(await effects()).toBe(2));
    await deadLetters.replayPublished('scheduling.recorder', [happened.type], from, until);
    await eventually(() =>
      atBroker(async (channel) =>
        expect(
          (await channel.checkQueue(names(namespace).consumerQueue('scheduling.recorder'))).messageCount,
        ).toBe(0),
      ),
    );
    expect(await effects()).toBe(2);
  });

  it('are not sent again to a consumer that has no queue, where they would be lost', async () => {
    const [from, until] = [new Date(0), new Date(Date.now() + 60_000)];
    const sent = service.app
      .get(DeadLetters)
      .replayPublished('scheduling.nobody', [happened.type], from, until);
    await expect(sent).rejects.toThrow('No consumer "scheduling.nobody" has a queue');
  });

  it('stay unsent for a relay that lost its lease', async () => {
    const repository = new OutboxRepository(service.app.get(Database));
    expect(await repository.markPublished([randomUUID()], 999n)).toBe(0);
  });
});
