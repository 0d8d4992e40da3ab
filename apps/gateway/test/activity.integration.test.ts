import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listActivity, type Reply } from '@orion/contracts';
import { eventually } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { customer, order, type Publisher, startPublisher } from './support/events';
import { someone, startGateway, type TestGateway } from './support/gateway';
import { listen } from './support/listener';

type Page = Reply<typeof listActivity>;

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

const page = (organizationId: string, query: object = {}) =>
  gateway.call(listActivity, { query }, { as: someone(organizationId, ['activity.view']) }) as Promise<Page>;

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

describe('the feed', () => {
  it('tells every event once, in its organization, with positions that count up', async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()];
    const first = customer(ours, 'Lyon Nord');
    await publisher.publish(first, customer(theirs, 'Torino'), first, customer(ours, 'Lyon Sud'));
    const { items } = await eventually(async () => {
      const found = await page(ours);
      expect(found.items).toHaveLength(2);
      return found;
    });
    expect(items.map((it) => it.position)).toEqual([2, 1]);
    expect(items.find((it) => it.text === 'Customer Lyon Sud added')).toBeDefined();
    expect(items.find((it) => it.text === 'Customer Lyon Nord added')).toMatchObject({
      eventId: first.id,
      type: first.type,
      subject: first.subject,
      serviceOrderId: null,
      correlationId: first.correlationid,
      at: first.time,
    });
    await eventually(async () => expect((await page(theirs)).items).toHaveLength(1));
  });

  it('pages from the newest to the oldest, also for one order', async () => {
    const [organizationId, orderId] = [randomUUID(), randomUUID()];
    const events = upTo(7).map((n) =>
      n % 2 === 0 ? order(organizationId, orderId) : customer(organizationId, `c${n}`),
    );
    await publisher.publish(...events);
    await eventually(async () => expect((await page(organizationId)).items).toHaveLength(7));
    const first = await page(organizationId, { limit: 4 });
    const second = await page(organizationId, { limit: 4, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((it) => it.position)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(second.nextCursor).toBeNull();
    const wanted = [...first.items, ...second.items].filter((it) => it.serviceOrderId === orderId);
    expect(wanted).toHaveLength(3);
    const ofOrder = await page(organizationId, { serviceOrderId: orderId, limit: 2 });
    const rest = await page(organizationId, { serviceOrderId: orderId, cursor: ofOrder.nextCursor });
    expect([...ofOrder.items, ...rest.items]).toEqual(wanted);
  });

  it('refuses cursors of nobody', async () => {
    for (const cursor of [
      'x',
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('[1.5]').toString('base64url'),
    ]) {
      await expect(page(randomUUID(), { cursor })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    }
  });

  it('asks for the permission', async () => {
    const call = gateway.call(listActivity, { query: {} }, { as: someone(randomUUID(), ['team.view']) });
    await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the stream', () => {
  const tokenOf = (organizationId: string, lifeSeconds?: number) =>
    gateway.token(
      someone(organizationId, ['activity.view'], lifeSeconds === undefined ? {} : { lifeSeconds }),
    );

  it('brings what happens from now on, to the listeners of that organization only', async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()];
    await publisher.publish(customer(ours, 'before'));
    await eventually(async () => expect((await page(ours)).items).toHaveLength(1));
    const [us, them] = [await listen(gateway.url, tokenOf(ours)), await listen(gateway.url, tokenOf(theirs))];
    await publisher.publish(customer(ours, 'Lyon Nord'));
    await eventually(() => expect(us.texts).toEqual(['Customer Lyon Nord added']), { timeoutMs: 3_000 });
    expect(us.positions).toEqual([2]);
    expect(them.texts).toEqual([]);
    us.stop();
    them.stop();
  });

  it('resumes without loss and without repetition while events keep coming', async () => {
    const organizationId = randomUUID();
    const token = tokenOf(organizationId);
    const total = 600;
    const publishing = (async () => {
      for (let n = 0; n < total; n += 50) {
        await publisher.publish(...upTo(50).map((i) => customer(organizationId, `c${n + i}`)));
      }
    })();
    const steady = [
      await listen(gateway.url, token, { after: 0 }),
      await listen(gateway.url, token, { after: 0 }),
    ];
    const heard: number[] = [];
    for (let last = 0; last < total;) {
      const listener = await listen(
        gateway.url,
        token,
        last === 0 ? { after: 0 } : { lastEventId: last, after: 0 },
      );
      const wanted = Math.min(total, last + 60 + (last % 37));
      await eventually(() => expect((listener.positions.at(-1) ?? last) >= wanted).toBe(true), {
        timeoutMs: 20_000,
      });
      listener.stop();
      await listener.ended;
      heard.push(...listener.positions);
      last = heard.at(-1) ?? 0;
    }
    await publishing;
    expect(heard).toEqual(upTo(total));
    for (const it of steady) {
      await eventually(() => expect(it.positions).toEqual(upTo(total)));
      it.stop();
    }
  });

  it('reads what is older than memory from the database', async () => {
    const organizationId = randomUUID();
    await publisher.publish(...upTo(20).map((n) => customer(organizationId, `c${n}`)));
    await eventually(async () => expect((await page(organizationId)).items).toHaveLength(20));
    const listener = await listen(gateway.url, tokenOf(organizationId), { after: 5 });
    await eventually(() => expect(listener.positions).toEqual(upTo(20).slice(5)));
    listener.stop();
  });

  it('takes a position nobody has reached for the newest', async () => {
    const organizationId = randomUUID();
    const listener = await listen(gateway.url, tokenOf(organizationId), { lastEventId: 4_000 });
    await publisher.publish(customer(organizationId, 'Lyon Nord'));
    await eventually(() => expect(listener.positions).toEqual([1]));
    listener.stop();
  });

  it('ends when the token does', async () => {
    const listener = await listen(gateway.url, tokenOf(randomUUID(), 2));
    const begun = performance.now();
    await listener.ended;
    expect(performance.now() - begun).toBeLessThan(4_000);
  });

  it('refuses what it cannot resume after, and callers without a token', async () => {
    const token = tokenOf(randomUUID());
    await expect(listen(gateway.url, token, { after: -1 })).rejects.toThrow('400');
    await expect(listen(gateway.url, 'a.b.c')).rejects.toThrow('401');
  });

  it('may be open so often for one person, no more', async () => {
    const token = tokenOf(randomUUID());
    const open = await Promise.all(upTo(20).map(() => listen(gateway.url, token)));
    await expect(listen(gateway.url, token)).rejects.toThrow('429');
    open[0]?.stop();
    const again = await eventually(() => listen(gateway.url, token));
    for (const it of [...open, again]) it.stop();
  });

  it('ends with the gateway', async () => {
    const other = await startGateway();
    const listener = await listen(other.url, other.token(someone()));
    const begun = performance.now();
    await other.stop();
    await listener.ended;
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
