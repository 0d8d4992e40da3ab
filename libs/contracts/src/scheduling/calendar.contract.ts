import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Id, IdParams, LocalDate, Timestamp } from '../core/primitives';
import { Funnel } from './funnel';

export const BookingState = z.enum(['PRE_BOOKED', 'CONFIRMED', 'EXPIRED', 'CANCELLED']);
export type BookingState = z.infer<typeof BookingState>;

export const Booking = z
  .object({
    id: Id,
    serviceOrderId: Id,
    technicianId: Id,
    state: BookingState,
    startsAt: Timestamp,
    endsAt: Timestamp,
    /** When the hold ends; null once confirmed. */
    expiresAt: Timestamp.nullable(),
    createdAt: Timestamp,
    version: z.number().int(),
  })
  .meta({ id: 'Booking' });

/** A hold with the funnel that chose its technician. */
export const HeldBooking = Booking.extend({ funnel: Funnel }).meta({ id: 'HeldBooking' });

export const SlotRule = z.enum([
  'SHIFT',
  'HOLIDAY',
  'NON_WORKING_DAY',
  'WINDOW',
  'BUSY',
  'HOLD',
  'TRAVEL',
  'SKILL',
  'PAST',
]);
export type SlotRule = z.infer<typeof SlotRule>;

export const AvailableSlot = z.object({
  startsAt: Timestamp,
  endsAt: Timestamp,
  /** How many technicians could take it now. */
  technicians: z.number().int(),
});

/**
 * Starts at which at least one technician could take the order: skills, shift, holidays, other bookings and the
 * travel from and to both neighbours and home are counted in.
 */
export const searchAvailability = endpoint({
  id: 'calendar.availability',
  service: 'scheduling',
  method: 'GET',
  path: '/calendar/availability',
  summary: 'Free starts for a service order',
  access: 'booking.view',
  input: {
    query: z.strictObject({
      serviceOrderId: Id,
      /** First and last day in the business unit's time zone; by default the order's window, at most 31 days. */
      from: LocalDate.optional(),
      to: LocalDate.optional(),
      explain: z.stringbool().default(false),
    }),
  },
  reply: z.object({
    serviceOrderId: Id,
    timezone: z.string(),
    slots: z.array(AvailableSlot),
    /** With `explain`: for each start inside the window that nobody can take, how many technicians each rule blocks. */
    blocked: z
      .array(z.object({ startsAt: Timestamp, rules: z.partialRecord(SlotRule, z.number().int()) }))
      .optional(),
  }),
  errors: ['NOT_FOUND', 'VALIDATION_FAILED'],
});

export const holdSlot = endpoint({
  id: 'calendar.hold',
  service: 'scheduling',
  method: 'POST',
  path: '/calendar/bookings',
  summary: 'Hold a slot: the funnel picks the best technician for the start, or takes the one named',
  access: 'booking.manage',
  idempotency: 'required',
  status: 201,
  input: {
    body: z.strictObject({ serviceOrderId: Id, startsAt: Timestamp, technicianId: Id.optional() }),
  },
  reply: HeldBooking,
  errors: [
    'NOT_FOUND',
    'SLOT_TAKEN',
    'NO_CANDIDATE',
    'OUTSIDE_WINDOW',
    'HOLD_LIMIT',
    'ILLEGAL_TRANSITION',
    'CONFLICT',
    'VALIDATION_FAILED',
  ],
});

export const confirmBooking = endpoint({
  id: 'calendar.confirm',
  service: 'scheduling',
  method: 'POST',
  path: '/calendar/bookings/:id/confirm',
  summary: 'Turn a hold into a booking; the order becomes SCHEDULED',
  access: 'booking.manage',
  idempotency: 'optional',
  input: { params: IdParams },
  reply: Booking,
  errors: ['NOT_FOUND', 'HOLD_EXPIRED', 'ILLEGAL_TRANSITION'],
});

export const cancelBooking = endpoint({
  id: 'calendar.cancel',
  service: 'scheduling',
  method: 'POST',
  path: '/calendar/bookings/:id/cancel',
  summary: 'Release a hold or a booking; a scheduled order goes back to CREATED',
  access: 'booking.manage',
  idempotency: 'optional',
  input: { params: IdParams, body: z.strictObject({ reason: z.string().trim().max(500).default('') }) },
  reply: Booking,
  errors: ['NOT_FOUND', 'ILLEGAL_TRANSITION'],
});

export const readBooking = endpoint({
  id: 'calendar.read',
  service: 'scheduling',
  method: 'GET',
  path: '/calendar/bookings/:id',
  summary: 'One booking',
  access: 'booking.view',
  input: { params: IdParams },
  reply: Booking,
  errors: ['NOT_FOUND'],
});

export const listBookings = endpoint({
  id: 'calendar.list',
  service: 'scheduling',
  method: 'GET',
  path: '/calendar/bookings',
  summary: 'Bookings by start',
  access: 'booking.view',
  input: {
    query: z.strictObject({
      ...pageQuery,
      serviceOrderId: Id.optional(),
      technicianId: Id.optional(),
      state: BookingState.optional(),
      from: Timestamp.optional(),
      to: Timestamp.optional(),
    }),
  },
  reply: page(Booking),
});
