import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissionSet } from '@orion/contracts';
import type { TestDatabase } from '@orion/database';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessagingHealth, names, Outbox, Questions } from '../src';
import { happened, Recorder } from './support/probe';
import { Proxy } from './support/proxy';
import {
  addressOf,
  atBroker,
  dropNamespace,
  eventually,
  freshCopy,
  freshNamespace,
  start,
  type Started,
} from './support/service';

describe('a broker that goes away', () => {
  const organizationId = randomUUID();
  const proxy = new Proxy(addressOf('ORION_RABBITMQ_URL'));
  const namespace = freshNamespace();
  let copy: TestDatabase;
  let service: Started;

  beforeAll(async () => {
    await proxy.up();
    await proxy.down();
    copy = await freshCopy();
    service = await start({ copy, namespace, url: proxy.url, consumers: [Recorder] });
  });
  afterAll(async () => {
    await service.app.close();
    await proxy.down();
    await dropNamespace(namespace, ['scheduling.recorder']);
    await copy.drop();
  });

  const publish = (text: string) =>
    service.database.tenant(organizationId, (tx) =>
      service.app
        .get(Outbox)
        .publish(tx, happened, { organizationId, subject: randomUUID(), data: { text } }),
    );
  const texts = async () => {
    const all = await service.database.worker((tx) => tx.effect.findMany({ orderBy: { text: 'asc' } }));
    return all.map((it) => it.text);
  };

  it('keeps nobody from starting and writing; what was written arrives when it is back', async () => {
    expect(service.app.get(MessagingHealth).troubles()).toEqual(['not connected']);
    await publish('000');
    await proxy.up();
    await eventually(async () => expect(await texts()).toEqual(['000']));
    expect(service.app.get(MessagingHealth).isReady()).toBe(true);
  });

  it('loses nothing and repeats no effect when its connections are cut again and again', async () => {
    const expected = Array.from({ length: 200 }, (_, n) => String(n).padStart(3, '0'));
    let writing = true;
    const cutting = (async () => {
      while (writing) {
        await sleep(150);
        proxy.cut();
      }
    })();
    for (const text of expected.slice(1)) {
      await publish(text);
      await sleep(5);
    }
    writing = false;
    await cutting;
    await eventually(async () => expect(await texts()).toEqual(expected), 25_000);
  });

  it('brings consumers back within five seconds each time', async () => {
    for (let round = 0; round < 3; round++) {
      proxy.cut();
      await eventually(() => expect(service.app.get(MessagingHealth).isReady()).toBe(false), 1_000);
      await eventually(() => expect(service.app.get(MessagingHealth).isReady()).toBe(true), 5_000);
    }
  });

  it('is noticed when a queue is deleted, and the queue is made again', async () => {
    await atBroker((channel) => channel.deleteQueue(names(namespace).consumerQueue('scheduling.recorder')));
    await eventually(
      () =>
        expect(service.app.get(MessagingHealth).troubles()).toEqual(['scheduling.recorder does not consume']),
      3_000,
    );
    await eventually(() => expect(service.app.get(MessagingHealth).isReady()).toBe(true));
    await publish('after');
    await eventually(async () => expect(await texts()).toContain('after'));
  });
});

describe('a service that stops while the broker is away', () => {
  it.each(['never there', 'lost'])('ends at once: %s', async (how) => {
    const proxy = new Proxy(addressOf('ORION_RABBITMQ_URL'));
    await proxy.up();
    if (how === 'never there') await proxy.down();
    const namespace = freshNamespace();
    const copy = await freshCopy();
    const { app } = await start({ copy, namespace, url: proxy.url, consumers: [Recorder] });
    const questions = app.get(Questions);
    const asked = questions.ask(permissionSet, { digest: 'x' }, { timeoutMs: 200 });
    await expect(asked).rejects.toThrow('auth did not answer');
    if (how === 'lost') {
      await eventually(() => expect(app.get(MessagingHealth).isReady()).toBe(true));
      await proxy.down();
    }
    const started = performance.now();
    await app.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    await copy.drop();
    if (how === 'lost') await dropNamespace(namespace, ['scheduling.recorder']);
  });
});
