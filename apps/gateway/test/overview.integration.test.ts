import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readOverview, type Reply } from '@orion/contracts';
import { eventually } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { customer, type Publisher, startPublisher } from './support/events';
import { someone, startGateway, type TestGateway } from './support/gateway';

const json = { 'content-type': 'application/json' };
const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();

const notification = (state: string, createdAt: string) => ({
  id: randomUUID(),
  channel: 'EMAIL',
  template: 'assignment',
  language: 'en',
  recipientName: 'Ana Ruiz',
  recipientAddress: 'ana@example.org',
  subject: 'Your appointment',
  state,
  attempts: 1,
  lastError: null,
  serviceOrderId: null,
  createdAt,
  sentAt: null,
});

let gateway: TestGateway;
let publisher: Publisher;

beforeAll(async () => {
  gateway = await startGateway();
  publisher = await startPublisher(gateway.namespace);
});
afterAll(async () => {
  await publisher.close();
  await gateway.stop();
});
beforeEach(() => {
  gateway.scheduling.answer((_request, response) =>
    response.writeHead(200, json).end(JSON.stringify({ total: 3, byState: { CREATED: 2, CLOSED: 1 } })),
  );
  gateway.notification.answer((request, response) => {
    const failed = request.url?.includes('state=FAILED');
    const isWebhooks = request.url?.includes('/webhooks/');
    const items = isWebhooks
      ? []
      : [
          notification('FAILED', hours(1)),
          ...(failed ? [] : [notification('SENT', hours(2)), notification('SENT', hours(30))]),
        ];
    response.writeHead(200, json).end(JSON.stringify({ items, nextCursor: null }));
  });
});

const read = (organizationId: string = randomUUID()) =>
  gateway.call(readOverview, {}, { as: someone(organizationId) }) as Promise<Reply<typeof readOverview>>;

describe('the overview', () => {
  it('shows every part, asked for with the caller’s own token', async () => {
    const organizationId = randomUUID();
    await publisher.publish(customer(organizationId, 'Lyon Nord'));
    gateway.scheduling.received.length = 0;
    const overview = await eventually(async () => {
      const found = await read(organizationId);
      expect(found.activity).toHaveLength(1);
      return found;
    });
    expect(overview).toMatchObject({
      orders: { total: 3, byState: { CREATED: 2, CLOSED: 1 } },
      notifications: { recent: 2, failed: 1 },
      webhooks: { recent: 0, failed: 0 },
      activity: [{ text: 'Customer Lyon Nord added' }],
      missing: [],
    });
    expect(gateway.scheduling.received[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer ey/),
      'x-correlation-id': expect.any(String),
    });
  });

  it('answers with what it has when a part is away, broken or not for the caller', async () => {
    gateway.scheduling.answer((_request, response) => response.writeHead(500).end('oops'));
    gateway.notification.answer((request, response) => {
      if (request.url?.includes('/webhooks/')) {
        const problem = { type: 'x', title: 'x', status: 403, code: 'FORBIDDEN' };
        response.writeHead(403, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
      } else response.writeHead(200, json).end('{"items":[],"nextCursor":null}');
    });
    expect(await read()).toEqual({
      orders: null,
      notifications: { recent: 0, failed: 0 },
      webhooks: null,
      activity: [],
      missing: ['orders', 'webhooks'],
    });
  });

  it('waits two seconds for a part, no longer', async () => {
    gateway.scheduling.answer(() => undefined);
    const begun = performance.now();
    const overview = await read();
    expect(overview.missing).toEqual(['orders']);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
