import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeadLetters, MAX_TRIES, MessagingHealth, names } from '../src';
import { envelopeOf, happened, Recorder, SecondRecorder } from './support/probe';
import { Proxy } from './support/proxy';
import {
  addressOf,
  atBroker,
  dropNamespace,
  eventually,
  freshCopy,
  freshNamespace,
  ready,
  start,
  type Started,
} from './support/service';

const organizationid = randomUUID();

const envelope = envelopeOf(organizationid);

describe('consumers', () => {
  const namespace = freshNamespace();
  const to = names(namespace);
  let copy: TestDatabase;
  let service: Started;

  beforeAll(async () => {
    copy = await freshCopy();
    service = await start({ copy, namespace, consumers: [Recorder, SecondRecorder] });
    await ready(service);
  });
  afterAll(async () => {
    await service.app.close();
    await dropNamespace(namespace, ['scheduling.recorder', 'scheduling.second-recorder']);
    await copy.drop();
  });

  const send = (bodies: (object | string)[], key = 'scheduling.probe.happened.v1') =>
    atBroker(async (channel) => {
      for (const body of bodies) {
        const messageId = typeof body === 'object' && 'id' in body ? String(body.id) : 'unreadable';
        channel.publish(to.events, key, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {
          messageId,
        });
      }
      await channel.waitForConfirms();
    });
  const effects = (eventId: string) =>
    service.database.worker((tx) => tx.effect.findMany({ where: { eventId }, orderBy: { consumer: 'asc' } }));
  const letters = async (eventId: string) => {
    const all = await service.app.get(DeadLetters).list(100);
    return all.filter((it) => it.eventId === eventId);
  };
  const consumersOf = async (eventId: string) => (await effects(eventId)).map((it) => it.consumer);
  const both = ['scheduling.recorder', 'scheduling.second-recorder'];

  it('are registered with the types they subscribe to', async () => {
    const rows = await eventually(async () => {
      const found = await service.database.workerClient
        .$queryRaw`SELECT name, event_types FROM platform.consumer ORDER BY name`;
      expect(found).toHaveLength(2);
      return found;
    });
    expect(rows).toEqual(both.map((name) => ({ name, event_types: [happened.type] })));
  });

  it('each take one effect of a message that comes 100 times', async () => {
    const event = envelope('duplicate');
    await send(Array.from({ length: 100 }, () => event));
    await eventually(async () => expect(await consumersOf(event.id)).toEqual(both));
    await eventually(() =>
      atBroker(async (channel) => {
        for (const it of both) expect((await channel.checkQueue(to.consumerQueue(it))).messageCount).toBe(0);
      }),
    );
    await sleep(200);
    expect(await consumersOf(event.id)).toEqual(both);
  });

  it('turn what cannot be read into one dead letter each at once, neighbours unaffected', async () => {
    const neighbour = envelope('neighbour');
    const unknown = envelope('unknown', { type: 'orion.scheduling.probe.happened.v2' });
    const wrong = envelope(42);
    const old = envelope('old', { time: '2020-01-01T00:00:00.000Z' });
    await send(['{"bad', wrong, old, `${'['.repeat(100_000)}`, 'x'.repeat(2_000_000), neighbour]);
    await send([unknown], 'scheduling.probe.happened.v2');
    await eventually(async () => expect(await consumersOf(neighbour.id)).toEqual(both));
    await eventually(async () => {
      expect((await letters(unknown.id)).map((it) => it.reason)).toEqual(['unknown', 'unknown']);
      expect((await letters(wrong.id)).map((it) => it.reason)).toEqual(['malformed', 'malformed']);
      expect((await letters(old.id)).map((it) => it.reason)).toEqual(['expired', 'expired']);
      expect(await letters('unreadable')).toHaveLength(6);
    });
    expect(await consumersOf(old.id)).toEqual([]);
  });

  it('give a handler that throws a limited number of tries, then a dead letter that can be replayed', async () => {
    const recorder = service.app.get(Recorder);
    const [poison, neighbour] = [envelope('poison'), envelope('beside poison')];
    recorder.tries = 0;
    await send([poison, neighbour]);
    await eventually(async () => expect(await consumersOf(neighbour.id)).toEqual(both), 3_000);
    const [letter] = await eventually(async () => {
      const found = await letters(poison.id);
      expect(found).toHaveLength(2);
      return found;
    }, 25_000);
    expect(letter).toMatchObject({
      reason: 'failed',
      eventType: null,
      replayedAt: null,
      bytes: JSON.stringify(poison).length,
    });
    expect(recorder.tries).toBe(MAX_TRIES + 1);
    const stored = await service.app.get(DeadLetters).read(letter?.id ?? '');
    expect(JSON.parse(stored.body.toString())).toEqual(poison);
    expect(await effects(poison.id)).toEqual([]);
  }, 40_000);

  it('take the effect of a dead letter that is replayed, in the one consumer that missed it', async () => {
    const late = envelope('late', { time: new Date(Date.now() - 28 * 86_400_000).toISOString() });
    const deadLetters = service.app.get(DeadLetters);
    await atBroker(async (channel) => {
      channel.publish(to.deadLetters, 'scheduling.recorder', Buffer.from(JSON.stringify(late)), {
        messageId: late.id,
        type: late.type,
      });
      await channel.waitForConfirms();
    });
    const [letter] = await eventually(async () => {
      const found = await letters(late.id);
      expect(found).toHaveLength(1);
      return found;
    });
    await deadLetters.replay(letter?.id ?? '');
    await eventually(async () => expect(await consumersOf(late.id)).toEqual(['scheduling.recorder']));
    expect((await deadLetters.read(letter?.id ?? '')).replayedAt).toBeInstanceOf(Date);
    await expect(deadLetters.replay(randomUUID())).rejects.toThrow('Nothing is found');
  });

  it('list dead letters newest first, page by page', async () => {
    const deadLetters = service.app.get(DeadLetters);
    const all = await deadLetters.list(100);
    const [first] = await deadLetters.list(1);
    expect(await deadLetters.list(100, first?.id)).toEqual(all.slice(1));
  });

  it('make a dead letter of a message that attacks a prototype', async () => {
    const event = envelope('plain');
    await send([
      JSON.stringify(event).replace('"text":"plain"', '"text":"plain","__proto__":{"polluted":true}'),
    ]);
    await eventually(async () => {
      const attacks = (await letters('unreadable')).filter((it) => it.detail === 'attacks a prototype');
      expect(attacks.map((it) => it.consumer).sort()).toEqual(both);
    });
    expect(await consumersOf(event.id)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a message whose deliveries are cut off again and again', () => {
  it('is no dead letter, since its handler never failed', async () => {
    const namespace = freshNamespace();
    const proxy = new Proxy(addressOf('ORION_RABBITMQ_URL'));
    await proxy.up();
    const copy = await freshCopy();
    const service = await start({ copy, namespace, url: proxy.url, consumers: [Recorder] });
    await ready(service);
    const recorder = service.app.get(Recorder);
    const gate = Promise.withResolvers<void>();
    recorder.gate = gate.promise;
    const event = envelope('cut off');
    await atBroker(async (channel) => {
      const body = Buffer.from(JSON.stringify(event));
      channel.publish(names(namespace).events, 'scheduling.probe.happened.v1', body);
      await channel.waitForConfirms();
    });
    await eventually(() => expect(recorder.tries).toBe(1));
    for (let round = 0; round < 6; round++) {
      proxy.cut();
      await eventually(() => expect(service.app.get(MessagingHealth).isReady()).toBe(false));
      await ready(service);
    }
    gate.resolve();
    await eventually(async () => {
      const rows = await service.database.worker((tx) => tx.effect.findMany());
      expect(rows.map((it) => it.eventId)).toEqual([event.id]);
    });
    await eventually(() =>
      atBroker(async (channel) => {
        const { messageCount } = await channel.checkQueue(names(namespace).consumerQueue(recorder.name));
        expect(messageCount).toBe(0);
      }),
    );
    expect(await service.app.get(DeadLetters).list(10)).toEqual([]);
    await service.app.close();
    await proxy.down();
    await dropNamespace(namespace, [recorder.name]);
    await copy.drop();
  });
});

describe('a service that stops', () => {
  it('finishes what it has begun and starts nothing more', async () => {
    const namespace = freshNamespace();
    const to = names(namespace);
    const copy = await freshCopy();
    const first = await start({ copy, namespace, consumers: [Recorder] });
    const recorder = first.app.get(Recorder);
    const gate = Promise.withResolvers<void>();
    recorder.gate = gate.promise;
    await ready(first);
    await atBroker(async (channel) => {
      for (let n = 0; n < 50; n++) {
        channel.publish(
          to.events,
          'scheduling.probe.happened.v1',
          Buffer.from(JSON.stringify(envelope(String(n)))),
        );
      }
      await channel.waitForConfirms();
    });
    await eventually(() => expect(recorder.tries).toBeGreaterThan(0));
    const closing = first.app.close();
    await sleep(100);
    const begun = recorder.tries;
    gate.resolve();
    await closing;
    expect(recorder.tries).toBe(begun);
    const second = await start({ copy, namespace, consumers: [Recorder] });
    await eventually(async () => expect(await second.database.worker((tx) => tx.effect.count())).toBe(50));
    expect(second.app.get(Recorder).tries).toBe(50 - begun);
    await second.app.close();
    await dropNamespace(namespace, [recorder.name]);
    await copy.drop();
  });
});
