import { Injectable } from '@nestjs/common';
import {
  bookingCancelled,
  bookingConfirmed,
  bookingExpired,
  bookingHeld,
  bookingMoved,
  changeOf,
} from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { jobFacts } from '../service-orders/job-facts.repository';
import type { OrderRecord } from '../service-orders/order.mapper';
import { type Tx } from '../shared/tx.types';
import type { BookingRow, ExpiredHold } from './booking.repository';

type Times = Pick<BookingRow, 'id' | 'technicianId' | 'startsAt' | 'endsAt'>;

const times = ({ technicianId, startsAt, endsAt }: Times) => ({
  technicianId,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

/** Tells the world about bookings, in the transaction that changes them. */
@Injectable()
export class BookingEvents {
  constructor(private readonly outbox: Outbox) {}

  async held(tx: Tx, order: OrderRecord, booking: BookingRow): Promise<void> {
    const expiresAt = (booking.expiresAt ?? booking.startsAt).toISOString();
    const data = { ...(await this.fact(tx, order, booking)), expiresAt };
    await this.outbox.publish(tx, bookingHeld, {
      organizationId: order.organizationId,
      subject: booking.id,
      data,
    });
  }

  async confirmed(tx: Tx, order: OrderRecord, booking: BookingRow): Promise<void> {
    const data = await this.fact(tx, order, booking);
    await this.outbox.publish(tx, bookingConfirmed, {
      organizationId: order.organizationId,
      subject: booking.id,
      data,
    });
  }

  async moved(tx: Tx, order: OrderRecord, from: Times, booking: BookingRow): Promise<void> {
    const data = { ...(await this.fact(tx, order, booking)), from: times(from) };
    await this.outbox.publish(tx, bookingMoved, {
      organizationId: order.organizationId,
      subject: booking.id,
      data,
      change: changeOf(times(from), times(booking)),
    });
  }

  async cancelled(tx: Tx, booking: BookingRow, reason: string): Promise<void> {
    const data = { ...this.key(booking), reason };
    await this.outbox.publish(tx, bookingCancelled, {
      organizationId: booking.organizationId,
      subject: booking.id,
      data,
    });
  }

  async expired(tx: Tx, holds: readonly ExpiredHold[]): Promise<void> {
    for (const hold of holds) {
      const { organizationId, id: subject } = hold;
      await this.outbox.publish(tx, bookingExpired, { organizationId, subject, data: this.key(hold) });
    }
  }

  private key({ id, serviceOrderId, technicianId, startsAt }: ExpiredHold) {
    return { bookingId: id, serviceOrderId, technicianId, startsAt: startsAt.toISOString() };
  }

  private async fact(tx: Tx, order: OrderRecord, booking: BookingRow) {
    const technicianName = booking.technician.name;
    return { bookingId: booking.id, technicianName, ...times(booking), ...(await jobFacts(tx, order)) };
  }
}
