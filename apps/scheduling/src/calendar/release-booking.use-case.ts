import { Injectable } from '@nestjs/common';
import { lockRow } from '../shared/lock.query';
import { type Tx } from '../shared/tx.types';
import { BookingEvents } from './booking-events.publisher';
import { activeBookingOf, type BookingRow, updateBooking } from './booking.repository';
import { dayText, raiseDays } from './calendar-day.repository';

/** Gives the time of a hold or booking back. The caller has the order's lock. */
@Injectable()
export class ReleaseBooking {
  constructor(private readonly events: BookingEvents) {}

  /** Does nothing for an order without a booking. */
  async ofOrder(tx: Tx, organizationId: string, serviceOrderId: string, reason: string): Promise<void> {
    const booking = await activeBookingOf(tx, organizationId, serviceOrderId);
    if (booking) await this.run(tx, booking, reason);
  }

  async run(
    tx: Tx,
    { organizationId, id, technicianId, day }: BookingRow,
    reason: string,
  ): Promise<BookingRow> {
    await raiseDays(tx, organizationId, [{ technicianId, day: dayText(day) }]);
    await lockRow(tx, 'booking', organizationId, id);
    const released = await updateBooking(tx, { organizationId, id }, { state: 'CANCELLED', expiresAt: null });
    await tx.assignment.updateMany({
      where: { organizationId, bookingId: id, state: { in: ['PENDING', 'ACCEPTED'] } },
      data: { state: 'EXPIRED' },
    });
    await this.events.cancelled(tx, released, reason);
    return released;
  }
}
