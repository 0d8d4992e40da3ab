import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeadLetters, Outbox } from '../src';
import { happened, Recorder } from './support/probe';
import { Proxy } from './support/proxy';
import {
  addressOf,
  dropNamespace,
  eventually,
  freshCopy,
  freshNamespace,
  ready,
  start,
} from './support/service';

it('a database that goes away costs no message its tries, and nothing is lost or repeated', async () => {
  const proxy = new Proxy(addressOf('ORION_POSTGRES_URL'));
  await proxy.up();
  const copy = await freshCopy();
  const through = (url: string) => {
    const address = new URL(url);
    address.port = new URL(proxy.url).port;
    return address.toString();
  };
  const namespace = freshNamespace();
  const behind = { ...copy, url: through(copy.url), workerUrl: through(copy.workerUrl) };
  const consumer = await start({ copy: behind, namespace, consumers: [Recorder] });
  await ready(consumer);
  const organizationId = randomUUID();
  const publish = (subject: string) =>
    consumer.database.tenant(organizationId, (tx) =>
      consumer.app.get(Outbox).publish(tx, happened, { organizationId, subject, data: { text: subject } }),
    );

  const published = new Set<string>();
  let uncertain = 0;
  let writing = true;
  const disturbing = (async () => {
    for (let round = 0; round < 4; round++) {
      await sleep(400);
      proxy.cut();
    }
    await proxy.down();
    await sleep(6_000);
    await proxy.up();
    await sleep(1_000);
    writing = false;
  })();
  while (writing) {
    const subject = randomUUID();
    await publish(subject).then(
      () => published.add(subject),
      () => uncertain++,
    );
    await sleep(10);
  }
  await disturbing;

  await eventually(async () => {
    const rows = await consumer.database.worker((tx) => tx.effect.findMany());
    const texts = rows.map((it) => it.text);
    expect(new Set(texts).size).toBe(texts.length);
    const outbox = await consumer.database.worker(
      (tx) => tx.$queryRaw<{ id: string }[]>`SELECT id FROM platform.outbox ORDER BY id`,
    );
    expect(rows.map((it) => it.eventId).sort()).toEqual(outbox.map((it) => it.id));
    for (const subject of published) expect(texts).toContain(subject);
  });
  expect(await consumer.app.get(DeadLetters).list(10)).toEqual([]);
  expect(uncertain).toBeGreaterThan(0);

  await consumer.app.close();
  await proxy.down();
  await dropNamespace(namespace, ['scheduling.recorder']);
  await copy.drop();
}, 60_000);
