import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeWebhookSubscription, webhookDeliveryFailed } from '@orion/contracts';
import { eventually } from '@orion/testing';
import { createServer, type Server } from 'node:net';
import type { NotificationConfig } from '../src/notification.config';
import { AddressResolver, type ResolvedAddress } from '@orion/outbound';
import { WebhookSender } from '../src/webhooks/webhook.sender';
import { WebhookTargetCheck } from '../src/webhooks/webhook-target.check';
import {
  deliveryOf,
  type NotificationService,
  published,
  sendTest,
  someone,
  startNotification,
  subscribe,
} from './support/notification';
import { type NameServer, startNameServer } from './support/name-server';
import { status, WebhookReceiver } from './support/webhook-receiver';

let receiver: WebhookReceiver;
let service: NotificationService;
let trap: Server;
let connections = 0;
const nameServers: NameServer[] = [];
const as = someone();

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  trap = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((listening) => trap.listen(0, '::', listening));
  service = await startNotification({ WEBHOOK_ALLOW_LOOPBACK: 'false' });
});

afterAll(async () => {
  await service?.close();
  await receiver?.close();
  await new Promise((closed) => trap.close(closed));
  await Promise.all(nameServers.map((it) => it.close()));
});

async function nameServer(resolve: (name: string) => string[] | undefined): Promise<NameServer> {
  const server = await startNameServer(resolve);
  nameServers.push(server);
  return server;
}

const port = (): number => (trap.address() as { port: number }).port;

const HOSTS = [
  '127.0.0.1',
  'localhost',
  'anything.localhost',
  '[::1]',
  '0.0.0.0',
  '[::]',
  '169.254.169.254',
  '[::ffff:127.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '100.64.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '168.63.129.16',
  '2130706433',
  '0x7f000001',
  '017700000001',
  '0177.0.0.1',
  '127.1',
  '0',
];

class ScriptedResolver extends AddressResolver {
  readonly asked: string[] = [];

  constructor(private readonly answers: ResolvedAddress[][]) {
    super();
  }

  override resolve(host: string): Promise<ResolvedAddress[]> {
    this.asked.push(host);
    return Promise.resolve(this.answers.shift() ?? []);
  }
}

const v4 = (address: string): ResolvedAddress => ({ address, family: 4 });
const closed = { WEBHOOK_ALLOW_LOOPBACK: false } as NotificationConfig;
const open = { WEBHOOK_ALLOW_LOOPBACK: true } as NotificationConfig;
const outgoing = (url: string) => ({ url, headers: {}, body: '{}' });

describe('addresses inside', () => {
  it.each(HOSTS)('http://%s is refused at creation and on connecting', async (host) => {
    const before = connections;
    const url = `http://${host}:${port()}/`;
    await expect(subscribe(service, as, url)).rejects.toMatchObject({
      problem: { code: 'TARGET_REFUSED', status: 400 },
    });
    const { attempt } = await new WebhookSender(new AddressResolver(), closed).send(outgoing(url));
    expect(attempt).toMatchObject({ kind: 'forbidden' });
    expect(connections).toBe(before);
  });

  it.each(['ftp://example.org/', 'https://me:secret@example.org/', 'https://example.org/#x', 'gopher://x'])(
    '%s is no target',
    async (url) => {
      await expect(subscribe(service, as, url)).rejects.toMatchObject({ status: 400 });
      const { attempt } = await new WebhookSender(new AddressResolver(), closed).send(outgoing(url));
      expect(attempt).toMatchObject({ kind: 'forbidden' });
    },
  );

  it('are refused when a subscription is changed, and fail at once where one is stored already', async () => {
    const { id } = await subscribe(service, as, 'https://hooks.example.invalid/');
    const body = { url: `http://127.0.0.1:${port()}/` };
    await expect(
      service.call(changeWebhookSubscription, { params: { id }, body }, { as }),
    ).rejects.toMatchObject({
      problem: { code: 'TARGET_REFUSED' },
    });
    await service.db.webhookSubscription.update({ where: { id }, data: body });
    const delivery = await sendTest(service, as, id);
    await eventually(async () =>
      expect(await deliveryOf(service, as, delivery)).toMatchObject({ state: 'FAILED', attempts: 1 }),
    );
    expect(await published(service, webhookDeliveryFailed, delivery)).toHaveLength(1);
    expect(connections).toBe(0);
  });
});

describe('a name that is bound to another address later', () => {
  it('is judged by what it resolves to when connecting', async () => {
    const resolver = new ScriptedResolver([[v4('127.0.0.1')]]);
    const { attempt } = await new WebhookSender(resolver, closed).send(
      outgoing(`http://rebound.example:${port()}/`),
    );
    expect(attempt).toMatchObject({ kind: 'forbidden' });
    expect(resolver.asked).toEqual(['rebound.example']);
  });

  it('is refused where one of several addresses is inside', async () => {
    const resolver = new ScriptedResolver([[v4('93.184.215.14'), v4('10.0.0.7')]]);
    const { attempt } = await new WebhookSender(resolver, closed).send(outgoing('https://both.example/'));
    expect(attempt).toMatchObject({ kind: 'forbidden' });
  });

  it('is resolved once for a connection: the address that was checked is the one used', async () => {
    const resolver = new ScriptedResolver([[v4('127.0.0.1')], [v4('10.0.0.1')]]);
    const { port: real } = new URL(receiver.url('/'));
    const { attempt } = await new WebhookSender(resolver, open).send(
      outgoing(`http://named.example:${real}/named`),
    );
    expect(attempt).toMatchObject({ kind: 'answered', status: 200 });
    expect(resolver.asked).toHaveLength(1);
    expect(receiver.at('/named')[0]?.headers['host']).toBe(`named.example:${real}`);
  });

  it('is tried again where it has no address', async () => {
    const { attempt } = await new WebhookSender(new ScriptedResolver([[]]), open).send(
      outgoing('http://none.example/'),
    );
    expect(attempt).toMatchObject({ kind: 'broken', error: 'none.example has no address' });
  });
});

describe('a name server', () => {
  class Resolver extends AddressResolver {
    constructor(server: string) {
      super();
      this.resolver.setServers([server]);
    }
  }

  it('that answers with a public address first and an inner one later opens nothing', async () => {
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    const names = await nameServer((name) => (name === 'rebind.example' ? answers.shift() : undefined));
    const resolver = new Resolver(names.address);
    await new WebhookTargetCheck(resolver, closed).assertAllowed('http://rebind.example/');
    const { attempt } = await new WebhookSender(resolver, closed).send(
      outgoing(`http://rebind.example:${port()}/`),
    );
    expect(attempt).toMatchObject({ kind: 'forbidden' });
    expect(connections).toBe(0);
    const unknown = await new WebhookSender(resolver, closed).send(outgoing('http://unknown.example/'));
    expect(unknown.attempt).toMatchObject({ kind: 'broken', error: expect.stringContaining('ENOTFOUND') });
  });

  it('that names an inner address is noticed at creation', async () => {
    const names = await nameServer(() => ['93.184.215.14', '192.168.7.7']);
    const check = new WebhookTargetCheck(new Resolver(names.address), closed);
    await expect(check.assertAllowed('https://mixed.example/')).rejects.toMatchObject({
      code: 'TARGET_REFUSED',
    });
  });

  it('that stays silent holds up nobody', async () => {
    const names = await nameServer(() => ['93.184.215.14']);
    const resolver = new Resolver(names.address);
    const started = performance.now();
    await new WebhookTargetCheck(resolver, closed).assertAllowed('http://silent.example/');
    expect(performance.now() - started).toBeLessThan(3_500);
    const { attempt, durationMs } = await new WebhookSender(resolver, closed).send(
      outgoing('http://silent.example/'),
    );
    expect(attempt).toMatchObject({ kind: 'broken' });
    expect(durationMs).toBeLessThan(11_000);
  });
});

describe('a redirect to the inside', () => {
  it('is not followed', async () => {
    receiver.on('/redirect', status(302, { location: `http://127.0.0.1:${port()}/latest/meta-data` }));
    const { attempt } = await new WebhookSender(new AddressResolver(), open).send(
      outgoing(receiver.url('/redirect')),
    );
    expect(attempt).toMatchObject({ kind: 'answered', status: 302 });
    expect(connections).toBe(0);
  });
});
