import { describe, expect, it } from '@jest/globals';
import { EVENTS, type OrderKind } from '@orion/contracts';
import { activityText, serviceOrderOf, TEXT_LIMIT, toldTypes } from './activity-text';

const ID = '0193b3a0-0000-7000-8000-000000000001';
const job = {
  serviceOrderId: ID,
  number: 'SO-000012',
  kind: 'REPAIR' as OrderKind,
  title: 'Boiler',
  address: 'Lyon',
  timezone: 'Europe/Paris',
};
const person = { id: ID, name: 'Ana Ruiz', email: null, language: 'en' };
const times = { startsAt: '2026-11-24T08:15:00.000Z', endsAt: '2026-11-24T09:15:00.000Z' };
const booking = {
  bookingId: ID,
  technicianId: ID,
  technicianName: 'Ana Ruiz',
  ...times,
  job,
  customer: person,
};

const apiKey = {
  apiKeyId: ID,
  organizationId: ID,
  name: 'Sync',
  userId: null,
  prefix: 'orion_0a1b2c3d',
  scopes: ['service-order.view'],
  expiresAt: times.endsAt,
};

const TOLD: [string, unknown, string][] = [
  [
    'orion.auth.account.registered.v1',
    { userId: ID, email: 'ana@example.org' },
    'ana@example.org created an account',
  ],
  [
    'orion.user.organization.created.v1',
    { organizationId: ID, name: 'Acme', slug: 'acme', createdBy: ID },
    'Organization Acme created',
  ],
  [
    'orion.user.membership.changed.v1',
    {
      membershipId: ID,
      organizationId: ID,
      userId: ID,
      email: 'ana@example.org',
      roles: ['admin', 'operator'],
      active: true,
      joinedAt: times.startsAt,
    },
    'ana@example.org is a member with role admin, operator',
  ],
  ['orion.auth.api-key.created.v1', { ...apiKey, createdBy: ID }, 'API key Sync (orion_0a1b2c3d) created'],
  [
    'orion.auth.api-key.rotated.v1',
    { ...apiKey, rotatedBy: ID, previousPrefix: 'orion_00000000', previousUntil: null },
    'API key Sync has another secret (orion_0a1b2c3d)',
  ],
  ['orion.auth.api-key.revoked.v1', { ...apiKey, revokedBy: null }, 'API key Sync (orion_0a1b2c3d) revoked'],
  [
    'orion.scheduling.customer.created.v1',
    { customerId: ID, name: 'Lyon Nord', externalId: null },
    'Customer Lyon Nord added',
  ],
  [
    'orion.scheduling.technician.created.v1',
    { technicianId: ID, workTeamId: ID, name: 'Ana Ruiz', skills: [] },
    'Technician Ana Ruiz joined a work team',
  ],
  [
    'orion.scheduling.service-order.created.v1',
    {
      serviceOrderId: ID,
      number: 'SO-000012',
      kind: 'REPAIR',
      title: 'Boiler',
      customerId: ID,
      customerName: 'Lyon Nord',
      externalId: null,
      earliestStart: times.startsAt,
      latestStart: times.endsAt,
    },
    'Order SO-000012 came in from Lyon Nord: Boiler',
  ],
  [
    'orion.scheduling.service-order.moved.v1',
    {
      serviceOrderId: ID,
      number: 'SO-000012',
      from: 'ASSIGNED',
      to: 'IN_PROGRESS',
      reason: '',
      actorId: null,
    },
    'Order SO-000012 went from assigned to in progress',
  ],
  [
    'orion.scheduling.service-order.cancelled.v1',
    { serviceOrderId: ID, number: 'SO-000012', reason: 'not at home', customer: person, job },
    'Order SO-000012 cancelled: not at home',
  ],
  [
    'orion.scheduling.service-order.delivered.v1',
    { serviceOrderId: ID, number: 'SO-000012' },
    'Order SO-000012 delivered',
  ],
  [
    'orion.scheduling.booking.held.v1',
    { ...booking, expiresAt: times.endsAt },
    'Slot held for order SO-000012: Ana Ruiz, Tue 24 Nov 09:15',
  ],
  [
    'orion.scheduling.booking.confirmed.v1',
    booking,
    'Order SO-000012 confirmed with Ana Ruiz, Tue 24 Nov 09:15',
  ],
  [
    'orion.scheduling.booking.moved.v1',
    { ...booking, from: { technicianId: ID, ...times } },
    'Order SO-000012 moved to Ana Ruiz, Tue 24 Nov 09:15',
  ],
  [
    'orion.scheduling.booking.expired.v1',
    { bookingId: ID, serviceOrderId: ID, technicianId: ID, startsAt: times.startsAt },
    'Hold for Tue 24 Nov 08:15 UTC expired',
  ],
  [
    'orion.scheduling.booking.cancelled.v1',
    {
      bookingId: ID,
      serviceOrderId: ID,
      technicianId: ID,
      startsAt: times.startsAt,
      reason: 'order cancelled',
    },
    'Booking for Tue 24 Nov 08:15 UTC released: order cancelled',
  ],
  [
    'orion.scheduling.assignment.created.v1',
    { assignmentId: ID, bookingId: ID, ...times, job, customer: person, technician: person },
    'Order SO-000012 assigned to Ana Ruiz, Tue 24 Nov 09:15',
  ],
  [
    'orion.notification.notification.sent.v1',
    {
      notificationId: ID,
      template: 'assignment',
      channel: 'EMAIL',
      recipientName: 'Ana Ruiz',
      serviceOrderId: ID,
    },
    'E-mail “assignment” sent to Ana Ruiz',
  ],
  [
    'orion.notification.notification.failed.v1',
    {
      notificationId: ID,
      template: 'assignment',
      channel: 'SMS',
      recipientName: 'Ana Ruiz',
      serviceOrderId: null,
      error: 'no route',
    },
    'SMS “assignment” to Ana Ruiz failed: no route',
  ],
  [
    'orion.notification.webhook-delivery.failed.v1',
    { deliveryId: ID, subscriptionId: ID, eventType: 'order.confirmed', error: 'HTTP 500' },
    'Webhook order.confirmed given up: HTTP 500',
  ],
  [
    'orion.notification.webhook-subscription.disabled.v1',
    { subscriptionId: ID, url: 'https://erp.example/hooks?secret=1', reason: 'answered 410' },
    'Webhook to erp.example disabled: answered 410',
  ],
];

describe('activityText', () => {
  it.each(TOLD)('%s', (type, data, text) => expect(activityText({ type, data })).toBe(text));

  it('has own words for events of the catalogue only, each of them tried above', () => {
    expect(EVENTS.map((it) => it.type)).toEqual(expect.arrayContaining(toldTypes()));
    expect(TOLD.map(([type]) => type).sort()).toEqual(toldTypes().sort());
  });

  it('tells of a member who left, and of a host that is no address', () => {
    const [, member] = TOLD.find(([type]) => type.includes('membership')) ?? [];
    const left = { type: 'orion.user.membership.changed.v1', data: { ...(member as object), active: false } };
    expect(activityText(left)).toBe('ana@example.org left the organization');
    const suspended = { ...left, data: { ...left.data, suspended: true } };
    expect(activityText(suspended)).toBe('ana@example.org is suspended');
    const odd = { subscriptionId: ID, url: 'nowhere', reason: 'x' };
    expect(activityText({ type: 'orion.notification.webhook-subscription.disabled.v1', data: odd })).toBe(
      'Webhook to nowhere disabled: x',
    );
  });

  it('names the zone where the job’s own is not known', () => {
    const data = { ...booking, job: { ...job, timezone: 'Mars/Olympus' } };
    expect(activityText({ type: 'orion.scheduling.booking.confirmed.v1', data })).toContain('08:15 UTC');
  });

  it('keeps lines short and tells unknown types by name', () => {
    const long = { customerId: ID, name: 'x'.repeat(1000), externalId: null };
    expect(activityText({ type: 'orion.scheduling.customer.created.v1', data: long })).toHaveLength(
      TEXT_LIMIT,
    );
    expect(activityText({ type: 'orion.billing.invoice.sent.v1', data: {} })).toBe(
      'orion.billing.invoice.sent.v1',
    );
  });
});

describe('serviceOrderOf', () => {
  it('finds the order in the fact itself or in its job', () => {
    expect(serviceOrderOf({ serviceOrderId: ID })).toBe(ID);
    expect(serviceOrderOf({ job })).toBe(ID);
  });

  it.each([[{}], [{ serviceOrderId: null }], [null], ['text']])('%j is about none', (data) => {
    expect(serviceOrderOf(data)).toBeNull();
  });
});
