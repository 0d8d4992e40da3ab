import type { Booking, Prisma } from '../generated/prisma/client';
import type { BookingState } from '@orion/contracts';
import { found } from '../shared/found';
import type { Tx } from '../shared/tx.types';

const withTechnician = { technician: { select: { name: true } } } as const satisfies Prisma.BookingInclude;

export type BookingRow = Prisma.BookingGetPayload<{ include: typeof withTechnician }>;

/** @throws BusinessRuleException NOT_FOUND */
export async function readBookingRow(tx: Tx, organizationId: string, id: string): Promise<BookingRow> {
  return found(
    await tx.booking.findUnique({
      where: { organizationId_id: { organizationId, id } },
      include: withTechnician,
    }),
  );
}

/** The order a booking is for. @throws BusinessRuleException NOT_FOUND */
export async function orderOfBooking(tx: Tx, organizationId: string, id: string): Promise<string> {
  const row = await tx.booking.findUnique({
    where: { organizationId_id: { organizationId, id } },
    select: { serviceOrderId: true },
  });
  return found(row).serviceOrderId;
}

/** Changes a booking and counts its version up. */
export const updateBooking = (
  tx: Tx,
  { organizationId, id }: { organizationId: string; id: string },
  data: { state?: BookingState; technicianId?: string; expiresAt?: null },
): Promise<BookingRow> =>
  tx.booking.update({
    where: { organizationId_id: { organizationId, id } },
    data: { ...data, version: { increment: 1 } },
    include: withTechnician,
  });

/** The hold (expired or not) or booking that takes up an order, without its technician's name. */
export const takenBy = (tx: Tx, organizationId: string, serviceOrderId: string): Promise<Booking | null> =>
  tx.booking.findFirst({ where: { organizationId, serviceOrderId, active: true } });

/** The hold (expired or not) or booking that an order has now. */
export const activeBookingOf = (
  tx: Tx,
  organizationId: string,
  serviceOrderId: string,
): Promise<BookingRow | null> =>
  tx.booking.findFirst({ where: { organizationId, serviceOrderId, active: true }, include: withTechnician });

/** Holds of a customer that have not expired. */
export async function countHolds(tx: Tx, organizationId: string, customerId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ holds: number }[]>`
    SELECT count(*)::int AS holds FROM booking
    WHERE organization_id = ${organizationId}::uuid AND customer_id = ${customerId}::uuid
      AND state = 'PRE_BOOKED' AND expires_at > clock_timestamp()`;
  return found(row).holds;
}

export interface NewHold {
  id: string;
  organizationId: string;
  serviceOrderId: string;
  technicianId: string;
  customerId: string;
  startsAt: Date;
  endsAt: Date;
  day: string;
  latitude: number;
  longitude: number;
  holdLifeMinutes: number;
  funnel: object;
  createdBy: string;
}

/** False where the exclusion constraint says that the technician is taken. The database's clock sets the expiry. */
export async function insertHold(tx: Tx, hold: NewHold): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO booking (id, organization_id, service_order_id, technician_id, customer_id, state, starts_at, ends_at,
      day, latitude, longitude, expires_at, funnel, created_at, created_by)
    VALUES (${hold.id}::uuid, ${hold.organizationId}::uuid, ${hold.serviceOrderId}::uuid, ${hold.technicianId}::uuid,
      ${hold.customerId}::uuid, 'PRE_BOOKED', ${hold.startsAt}::timestamptz, ${hold.endsAt}::timestamptz,
      ${hold.day}::date, ${hold.latitude}::float8, ${hold.longitude}::float8,
      clock_timestamp() + make_interval(mins => ${hold.holdLifeMinutes}::int), ${JSON.stringify(hold.funnel)}::jsonb,
      clock_timestamp(), ${hold.createdBy}::uuid)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

export interface ExpiredHold {
  id: string;
  organizationId: string;
  serviceOrderId: string;
  technicianId: string;
  startsAt: Date;
}

/** Ends the expired holds of a technician that overlap the time. */
export const expireColliding = (
  tx: Tx,
  {
    organizationId,
    technicianId,
    startsAt,
    endsAt,
  }: Pick<NewHold, 'organizationId' | 'technicianId' | 'startsAt' | 'endsAt'>,
): Promise<ExpiredHold[]> => tx.$queryRaw<ExpiredHold[]>`
    UPDATE booking SET state = 'EXPIRED', version = version + 1
    WHERE organization_id = ${organizationId}::uuid AND technician_id = ${technicianId}::uuid AND active
      AND starts_at < ${endsAt}::timestamptz AND ends_at > ${startsAt}::timestamptz
      AND state = 'PRE_BOOKED' AND expires_at <= clock_timestamp()
    RETURNING id, organization_id AS "organizationId", service_order_id AS "serviceOrderId",
      technician_id AS "technicianId", starts_at AS "startsAt"`;
