import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@orion/testing';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newSecret } from '../src/webhooks/secret.cipher';
import { signedHeaders } from '../src/webhooks/signing';
import {
  deliveryOf,
  type NotificationService,
  sendTest,
  someone,
  startNotification,
  subscribe,
} from './support/notification';

const EXAMPLE = join(__dirname, '../../../docs/examples/webhook-receiver/receiver.mjs');
const as = someone();
let service: NotificationService;
let receiver: ChildProcessWithoutNullStreams;
let url: string;
let secret: string;
let subscriptionId: string;
let output = '';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}/`;
  service = await startNotification();
  ({ secret, id: subscriptionId } = await subscribe(service, as, url));
  receiver = spawn(process.execPath, [EXAMPLE], {
    env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, PORT: String(port) },
  });
  receiver.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await eventually(() => expect(output).toContain('listening'));
});

afterAll(async () => {
  receiver?.kill();
  await service?.close();
});

const events = (): { id: string; type: string }[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((it) => it.type !== undefined);

const post = (headers: Record<string, string>, body: string) => fetch(url, { method: 'POST', headers, body });
const body = JSON.stringify({ eventType: 'order.confirmed', eventId: 'e1', data: {} });
const signed = (more: { id?: string; at?: Date; secrets?: string[] } = {}) =>
  signedHeaders({ id: randomUUID(), at: new Date(), body, secrets: [secret], ...more });

describe('the receiver of the guide', () => {
  it('verifies what the service sends', async () => {
    const id = await sendTest(service, as, subscriptionId);
    await eventually(async () =>
      expect(await deliveryOf(service, as, id)).toMatchObject({ state: 'DELIVERED' }),
    );
    expect(events()).toMatchObject([{ type: 'webhook.test' }]);
  });

  it('takes a delivery once', async () => {
    const headers = signed();
    expect((await post(headers, body)).status).toBe(200);
    expect((await post(headers, body)).status).toBe(200);
    await eventually(() => expect(events().filter((it) => it.id === 'e1')).toHaveLength(1));
  });

  it('refuses another secret, a changed body, an old time stamp and a body too large', async () => {
    expect((await post(signed({ secrets: [newSecret()] }), body)).status).toBe(401);
    expect((await post(signed(), body.replace('e1', 'e2'))).status).toBe(401);
    expect((await post(signed({ at: new Date(Date.now() - 600_000) }), body)).status).toBe(401);
    expect((await post({}, body)).status).toBe(401);
    expect((await post(signed(), 'x'.repeat(100_000))).status).toBe(413);
    expect((await fetch(url)).status).toBe(405);
  });
});
