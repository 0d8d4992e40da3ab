import type { In, listBookings } from '@orion/contracts';
import { decodeCursor, uuidOfCursor } from '@orion/database';
import type { Booking, Prisma } from '../generated/prisma/client';
import { dateOf, optionalDate } from '../shared/instant';
import type { Tx } from '../shared/tx.types';

export const byStart = (row: Booking): string[] => [row.startsAt.toISOString(), row.id];

/** One more row than the page holds, by start; `from` and `to` take bookings that touch the time between them. */
export function listBookingRows(
  tx: Tx,
  organizationId: string,
  query: In<typeof listBookings>['query'],
): Promise<Booking[]> {
  const { serviceOrderId, technicianId, state, limit } = query;
  const from = optionalDate(query.from, 'query.from');
  const to = optionalDate(query.to, 'query.to');
  const where: Prisma.BookingWhereInput = {
    organizationId,
    serviceOrderId,
    technicianId,
    state,
    AND: [
      from ? { endsAt: { gt: from }, startsAt: { gt: new Date(from.getTime() - LONGEST_MS) } } : {},
      to ? { startsAt: { lt: to } } : {},
      after(query.cursor),
    ],
  };
  return tx.booking.findMany({ where, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], take: limit + 1 });
}

/** No booking is longer. */
const LONGEST_MS = 24 * 3_600_000;

function after(cursor: string | undefined): Prisma.BookingWhereInput {
  const values = decodeCursor(cursor, 2);
  if (!values) return {};
  const startsAt = dateOf(String(values[0]), 'query.cursor');
  const id = uuidOfCursor(values[1] ?? '');
  return { startsAt: { gte: startsAt }, OR: [{ startsAt: { gt: startsAt } }, { id: { gt: id } }] };
}
