import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assign,
  confirmBooking,
  createWebhookSubscription,
  holdSlot,
  listActivity,
  listNotifications,
  readMe,
  readOverview,
  readServiceOrder,
  type Reply,
  searchAvailability,
  streamActivity,
} from '@orion/contracts';
import { Webhook } from 'standardwebhooks';
import { type Account, newAccount } from './support/account';
import { eventually } from './support/eventually';
import { mailsTo } from './support/mailbox';
import { type Receiver, startReceiver } from './support/receiver';
import { newWorkplace, type Workplace } from './support/workplace';

type Line = Reply<typeof streamActivity>;

let us: Account;
let place: Workplace;
let receiver: Receiver;
let secret: string;
let booking: Reply<typeof confirmBooking>;
const heard: Line[] = [];
const leaving = new AbortController();

beforeAll(async () => {
  us = await newAccount('Journey');
  receiver = await startReceiver();
  const subscription = await us.client.call(createWebhookSubscription, {
    body: { url: receiver.url, eventTypes: ['order.confirmed', 'assignment.created'] },
  });
  secret = subscription.secret;
  void us.client.stream(
    streamActivity,
    { query: { after: 0 } },
    { signal: leaving.signal, onEvent: ({ data }) => heard.push(data) },
  );
});
afterAll(async () => {
  leaving.abort();
  await receiver.close();
});

describe('an order, from coming in to everybody knowing', () => {
  it('begins with somebody who registered and signed in', async () => {
    const me = await us.client.call(readMe);
    expect(me).toMatchObject({ email: us.email, organization: { id: us.organizationId, roles: ['admin'] } });
  });

  it('comes in for a customer, where a technician works', async () => {
    place = await newWorkplace(us);
    expect(place.order).toMatchObject({
      state: 'CREATED',
      customerName: 'Maison Durand',
      skills: ['heating'],
    });
  });

  it('finds a start, is held, and nobody else gets the same technician then', async () => {
    const { slots } = await us.client.call(searchAvailability, { query: { serviceOrderId: place.order.id } });
    expect(slots.length).toBeGreaterThan(0);
    const body = { serviceOrderId: place.order.id, startsAt: slots[0]?.startsAt ?? '' };
    const held = await us.client.call(holdSlot, { body }, { idempotencyKey: 'journey-hold' });
    expect(held).toMatchObject({ state: 'PRE_BOOKED', technicianId: place.technicianId });
    expect(held.funnel.chosen).toBe(place.technicianId);
    const again = await us.client.call(holdSlot, { body }, { idempotencyKey: 'journey-hold' });
    expect(again.id).toBe(held.id);
    await expect(us.client.call(holdSlot, { body })).rejects.toMatchObject({ status: 409 });
    booking = await us.client.call(confirmBooking, { params: { id: held.id } });
    expect(booking.state).toBe('CONFIRMED');
  });

  it('is assigned, with the funnel kept', async () => {
    const assignment = await us.client.call(assign, { body: { serviceOrderId: place.order.id } });
    expect(assignment).toMatchObject({ technicianId: place.technicianId, booking: { id: booking.id } });
    expect(assignment.funnel.candidates).toHaveLength(1);
    const order = await us.client.call(readServiceOrder, { params: { id: place.order.id } });
    expect(order).toMatchObject({ state: 'ASSIGNED', assignmentId: assignment.id });
    expect(order.history.map((it) => it.to)).toEqual(['CREATED', 'SCHEDULED', 'ASSIGNED']);
  });

  it('shows in the live feed, each event once and in order', async () => {
    const mine = () => heard.filter((it) => it.serviceOrderId === place.order.id);
    await eventually(() =>
      expect(mine().map((it) => it.type.split('.').slice(2, 4).join('.'))).toEqual(
        expect.arrayContaining([
          'service-order.created',
          'booking.held',
          'booking.confirmed',
          'assignment.created',
          'notification.sent',
        ]),
      ),
    );
    expect(mine().find((it) => it.type.includes('assignment.created'))?.text).toMatch(
      new RegExp(`^Order ${place.order.number} assigned to Ana Ruiz, \\w{3} \\d+ \\w{3,4} \\d\\d:\\d\\d$`),
    );
    const positions = heard.map((it) => it.position);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
    const { items } = await us.client.call(listActivity, { query: { serviceOrderId: place.order.id } });
    expect(items.map((it) => it.eventId).sort()).toEqual(
      mine()
        .map((it) => it.eventId)
        .sort(),
    );
  });

  it('reaches customer and technician by mail, once for each notification', async () => {
    await eventually(async () => {
      const { items } = await us.client.call(listNotifications, {
        query: { serviceOrderId: place.order.id },
      });
      expect(items.length).toBeGreaterThanOrEqual(2);
      expect(items.every((it) => it.state === 'SENT')).toBe(true);
      for (const address of [place.customerEmail, place.technicianEmail]) {
        const wanted = items.filter((it) => it.recipientAddress === address);
        const mails = await mailsTo(address);
        expect(wanted.length).toBeGreaterThan(0);
        expect(mails.map((it) => it.subject).sort()).toEqual(wanted.map((it) => it.subject).sort());
      }
    });
  });

  it('reaches the subscriber, signed', async () => {
    await eventually(() => expect(receiver.received).toHaveLength(2));
    const events = receiver.received.map(
      ({ headers, body }) => new Webhook(secret).verify(body, headers) as { eventType: string },
    );
    expect(events.map((it) => it.eventType).sort()).toEqual(['assignment.created', 'order.confirmed']);
    expect(new Set(receiver.received.map((it) => it.headers['webhook-id'])).size).toBe(2);
  });

  it('counts in the overview', async () => {
    await eventually(async () => {
      const overview = await us.client.call(readOverview);
      expect(overview).toMatchObject({
        orders: { total: 1, byState: { ASSIGNED: 1 } },
        webhooks: { recent: 2, failed: 0 },
        missing: [],
      });
      expect(overview.notifications?.recent).toBeGreaterThanOrEqual(2);
    });
  });
});
