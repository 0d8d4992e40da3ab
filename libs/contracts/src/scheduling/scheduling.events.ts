import { z } from 'zod';
import { RecordChange } from '../core/change';
import { event } from '../core/event';
import { Id, Language } from '../core/primitives';
import { OrderKind, OrderState } from './service-orders.contract';

const Instant = z.iso.datetime();

/** What a message to the people concerned needs to know of a job. */
const Job = z.object({
  serviceOrderId: Id,
  number: z.string(),
  kind: OrderKind,
  title: z.string(),
  address: z.string(),
  timezone: z.string(),
});

const Recipient = z.object({ id: Id, name: z.string(), email: z.string().nullable(), language: Language });

const BookingFact = z.object({
  bookingId: Id,
  technicianId: Id,
  technicianName: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  job: Job,
  customer: Recipient,
});

export const customerCreated = event({
  type: 'orion.scheduling.customer.created.v1',
  summary: 'A customer was created',
  data: z.object({ customerId: Id, name: z.string(), externalId: z.string().nullable() }),
  webhook: { type: 'customer.created' },
});

export const technicianCreated = event({
  type: 'orion.scheduling.technician.created.v1',
  summary: 'A technician joined a work team',
  data: z.object({ technicianId: Id, workTeamId: Id, name: z.string(), skills: z.array(z.string()) }),
  webhook: { type: 'technician.created' },
});

export const serviceOrderCreated = event({
  type: 'orion.scheduling.service-order.created.v1',
  summary: 'A service order came in',
  data: z.object({
    serviceOrderId: Id,
    number: z.string(),
    kind: OrderKind,
    title: z.string(),
    customerId: Id,
    customerName: z.string(),
    externalId: z.string().nullable(),
    earliestStart: Instant,
    latestStart: Instant,
  }),
  webhook: { type: 'service-order.created' },
});

export const serviceOrderMoved = event({
  type: 'orion.scheduling.service-order.moved.v1',
  summary: 'A service order went from one state to another',
  data: z.object({
    serviceOrderId: Id,
    number: z.string(),
    from: OrderState,
    to: OrderState,
    reason: z.string(),
    actorId: Id.nullable(),
  }),
  webhook: { type: 'service-order.moved' },
});

export const serviceOrderCancelled = event({
  type: 'orion.scheduling.service-order.cancelled.v1',
  summary: 'A service order was cancelled',
  data: z.object({
    serviceOrderId: Id,
    number: z.string(),
    reason: z.string(),
    customer: Recipient,
    job: Job,
  }),
  webhook: { type: 'order.cancelled' },
});

export const serviceOrderDelivered = event({
  type: 'orion.scheduling.service-order.delivered.v1',
  summary: 'A delivery reached its customer',
  data: z.object({ serviceOrderId: Id, number: z.string() }),
  webhook: { type: 'order.delivered' },
});

export const bookingHeld = event({
  type: 'orion.scheduling.booking.held.v1',
  summary: 'A slot is held for an order',
  data: BookingFact.extend({ expiresAt: Instant }),
  webhook: { type: 'booking.held' },
});

export const bookingConfirmed = event({
  type: 'orion.scheduling.booking.confirmed.v1',
  summary: 'A hold became a booking',
  data: BookingFact,
  webhook: { type: 'order.confirmed' },
});

export const bookingMoved = event({
  type: 'orion.scheduling.booking.moved.v1',
  summary: 'A booking went to another technician or time',
  data: BookingFact.extend({ from: z.object({ technicianId: Id, startsAt: Instant, endsAt: Instant }) }),
  webhook: { type: 'booking.moved' },
});

export const bookingExpired = event({
  type: 'orion.scheduling.booking.expired.v1',
  summary: 'A hold ended without being confirmed',
  data: z.object({ bookingId: Id, serviceOrderId: Id, technicianId: Id, startsAt: Instant }),
  webhook: { type: 'booking.expired' },
});

export const bookingCancelled = event({
  type: 'orion.scheduling.booking.cancelled.v1',
  summary: 'A hold or booking was released',
  data: z.object({
    bookingId: Id,
    serviceOrderId: Id,
    technicianId: Id,
    startsAt: Instant,
    reason: z.string(),
  }),
  webhook: { type: 'booking.cancelled' },
});

export const assignmentCreated = event({
  type: 'orion.scheduling.assignment.created.v1',
  summary: 'A technician is bound to a service order',
  data: z.object({
    assignmentId: Id,
    bookingId: Id,
    startsAt: Instant,
    endsAt: Instant,
    job: Job,
    /** What the technician is to know before going there. */
    instructions: z.string().default(''),
    customer: Recipient,
    technician: Recipient,
  }),
  webhook: { type: 'assignment.created' },
});

export const schedulingRecordChanged = event({
  type: 'orion.scheduling.record.changed.v1',
  summary: 'Somebody administered a record of scheduling',
  audit: true,
  data: RecordChange,
});
