import type { Booking as BookingReply, BookingState } from '@orion/contracts';
import type { z } from 'zod';
import type { Booking } from '../generated/prisma/client';

type Shown = Pick<
  Booking,
  | 'id'
  | 'serviceOrderId'
  | 'technicianId'
  | 'state'
  | 'startsAt'
  | 'endsAt'
  | 'expiresAt'
  | 'createdAt'
  | 'version'
>;

export const bookingReply = (row: Shown): z.input<typeof BookingReply> => ({
  id: row.id,
  serviceOrderId: row.serviceOrderId,
  technicianId: row.technicianId,
  state: row.state as BookingState,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
